import Foundation
import TestSupport
import Testing

@testable import Model

struct OutputTests {
    private let folder = TemporaryFolder()

    private func write(_ text: String, to path: String) throws {
        let file = try OutputFile(for: OutputPlace(path))
        try Array(text.utf8).withUnsafeBytes { try file.write($0) }
        try file.keep()
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test("a new file appears whole, and nothing beside it")
    func new() throws {
        let path = folder.path("a.csv")
        let file = try OutputFile(for: OutputPlace(path))
        #expect(!FileManager.default.fileExists(atPath: path))
        try [UInt8]("  text\n".utf8).withUnsafeBytes { try file.write($0) }
        #expect(file.bytes == 7)
        #expect(file.ends == (UInt8(ascii: "t"), UInt8(ascii: "t")))
        try file.keep()
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "  text\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.csv"])
    }

    @Test("what is not kept leaves the file as it was, and nothing beside it")
    func dropped() throws {
        let path = try folder.write("before", to: "a.csv")
        do {
            let file = try OutputFile(for: OutputPlace(path))
            try [1, 2, 3].withUnsafeBytes { try file.write($0) }
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "before")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.csv"])
    }

    @Test("a file that is replaced keeps its mode", arguments: [0o600, 0o640, 0o664])
    func modes(mode: Int) throws {
        let path = try folder.write("before", to: "a.csv")
        chmod(path, mode_t(mode))
        try write("after", to: path)
        #expect(try self.mode(path) == mode)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "after")
    }

    @Test("a link is followed, to a file that is there and to a name that is free")
    func links() throws {
        for name in ["there", "free"] {
            if name == "there" { try folder.write("before", to: name) }
            let link = folder.path("link-to-\(name)")
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: name)
            try write("after", to: link)
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == name)
            #expect(try String(contentsOfFile: folder.path(name), encoding: .utf8) == "after")
        }
        try FileManager.default.createSymbolicLink(atPath: folder.path("loop"), withDestinationPath: "loop")
        #expect(throws: OutputError.self) { try OutputPlace(folder.path("loop")) }
    }

    @Test("a device is written through and stays a device, also behind a link")
    func device() throws {
        let link = folder.path("null")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/dev/null")
        for path in ["/dev/null", link] {
            #expect(try OutputPlace(path).kind == .stream)
            try write("gone", to: path)
        }
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "/dev/null")
        #expect(
            try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType
                == .typeCharacterSpecial
        )
        #expect(throws: OutputError.self) { try write("no room", to: "/dev/full") }
    }

    @Test("a FIFO that nothing reads holds nobody up once it is told to stop")
    func stopped() throws {
        let file = try OutputFile(for: OutputPlace(folder.pipe("fifo")))
        file.stop()
        #expect(throws: OutputError.self) { try file.keep() }
    }

    @Test(
        "a place where nothing can be written is refused before anything is made, in words",
        arguments: [
            ("", "empty"), ("none/a.csv", "No such file"), ("file/a.csv", "Not a directory"), ("folder", "is a folder"),
            ("new/", "is a folder"), (String(repeating: "a", count: 300), "too long"),
        ]
    )
    func refused(name: String, words: String) throws {
        try folder.write("", to: "file")
        try FileManager.default.createDirectory(atPath: folder.path("folder"), withIntermediateDirectories: true)
        let path = name.isEmpty ? "" : folder.path(name)
        let error = #expect(throws: OutputError.self) { try OutputPlace(path) }
        #expect(error?.description.contains(words) == true, "\(error.debugDescription)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["file", "folder"])
    }

    @Test("a folder is made with those above it, and one that is there is left alone")
    func folders() throws {
        for _ in 0..<2 {
            try OutputPlace.makeFolder(folder.path("a/b/"))
            #expect(OutputPlace.isFolder(folder.path("a/b")))
        }
        try folder.write("", to: "file")
        #expect(throws: OutputError.self) { try OutputPlace.makeFolder(folder.path("file/")) }
        #expect(throws: OutputError.self) { try OutputPlace.makeFolder(folder.path("file/a/")) }
    }
}
