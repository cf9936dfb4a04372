import Foundation
import Settings
import Testing

struct ReadmeTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

    @Test("the README's configuration for a first bot is one that the exporter takes")
    func configuration() throws {
        let text = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
        let block = try #require(
            text.components(separatedBy: "```yaml\n").dropFirst().first?.components(separatedBy: "```").first
        )
        let folder = FileManager.default.temporaryDirectory.appending(path: "readme-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try "not-a-secret".write(to: folder.appending(path: "secret"), atomically: true, encoding: .utf8)
        let file = folder.appending(path: "config.yml")
        let lines = block.split(separator: "\n").map { $0.dropFirst(3) }
        try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
        let settings = try SettingsFile.load(path: file.path, environment: [:])
        #expect(settings.bots.map(\.name) == ["banking"])
    }

    @Test("every page and make target that the documents name is there", arguments: ["README.md", "CONTRIBUTING.md"])
    func links(document: String) throws {
        let text = try String(contentsOf: Self.root.appending(path: document), encoding: .utf8)
        for match in text.matches(of: /\]\(([^)#:]+)\)/) {
            #expect(
                FileManager.default.fileExists(atPath: Self.root.appending(path: String(match.1)).path),
                "\(match.1)"
            )
        }
        let makefile = try String(contentsOf: Self.root.appending(path: "Makefile"), encoding: .utf8)
        for match in text.matches(of: /make ([a-z-]+)/) {
            #expect(makefile.contains("\n\(match.1): "), "make \(match.1)")
        }
    }
}
