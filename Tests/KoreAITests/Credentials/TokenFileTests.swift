import Glibc
import Model
import TestSupport
import Testing

@testable import KoreAI

struct TokenFileTests {
    @Test("A file is read once, and again when it was replaced or written to")
    func reading() throws {
        let folder = TemporaryFolder()
        let path = folder.path("token")
        let file = TokenFile(path: path)
        guard case .unreadable(let why) = file.look(known: nil) else {
            Issue.record("there is no file yet")
            return
        }
        #expect(why == "No such file or directory")

        try folder.write("abc\n", to: "token")
        guard case .content(let first, let bytes) = file.look(known: nil) else {
            Issue.record("the file cannot be read")
            return
        }
        #expect(bytes == Array("abc\n".utf8))
        #expect(file.look(known: first) == .unchanged)

        try folder.write("xyz\n", to: "new")
        rename(folder.path("new"), path)
        guard case .content(let second, let bytes) = file.look(known: first) else {
            Issue.record("a file that was replaced is not the known one")
            return
        }
        #expect(bytes == Array("xyz\n".utf8))

        try folder.write("longer\n", to: "token")
        #expect(file.look(known: second) != .unchanged)
    }

    @Test("64 KiB are read, and not a byte more")
    func size() throws {
        let folder = TemporaryFolder()
        try folder.write(String(repeating: "a", count: 65_536), to: "most")
        try folder.write(String(repeating: "a", count: 65_537), to: "more")
        guard case .content(_, let bytes) = TokenFile(path: folder.path("most")).look(known: nil) else {
            Issue.record("64 KiB are not too much")
            return
        }
        #expect(bytes.count == 65_536)
        #expect(TokenFile(path: folder.path("more")).look(known: nil) == .tooLarge(65_537))
    }

    @Test("What is no regular file is refused without blocking")
    func irregular() throws {
        let folder = TemporaryFolder()
        #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
        for path in [folder.path("pipe"), folder.path(""), "/dev/zero"] {
            #expect(TokenFile(path: path).look(known: nil) == .unreadable("it is not a regular file"))
        }
    }

    @Test("A credential reads its token from the file and follows its changes")
    func credential() async throws {
        let folder = TemporaryFolder()
        let clock = TestClock()
        let credential = Credential(name: "ready", source: .tokenFile(path: folder.path("token"))) { clock.now }
        let error = await #expect(throws: APIError.self) { try await credential.token() }
        #expect(error?.reason == .auth)
        #expect(error?.message.contains("No such file or directory") == true)

        try folder.write(" abc\n", to: "token")
        await #expect(throws: APIError.self, "looked at no more than once a second") { try await credential.token() }
        clock.advance(milliseconds: 1000)
        #expect(try await credential.token() == Secret("abc"))

        try folder.write("xyz1", to: "token")
        #expect(try await credential.token() == Secret("abc"))
        credential.refused(Secret("abc"))
        #expect(try await credential.token() == Secret("xyz1"))
    }

    @Test("Many callers at once share one look")
    func concurrent() async throws {
        let folder = TemporaryFolder()
        try folder.write("abc", to: "token")
        let credential = Credential(name: "ready", source: .tokenFile(path: folder.path("token")))
        let tokens = try await withThrowingTaskGroup(of: Secret.self) { group in
            for _ in 0..<200 { group.addTask { try await credential.token() } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(tokens == [Secret("abc")])
    }
}
