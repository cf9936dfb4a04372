import Model
import TestSupport
import Testing

@testable import Settings

struct SettingsFileTests {
    private static func complaints(_ path: String) -> [String] {
        do throws(SettingsComplaints) {
            _ = try SettingsFile.load(path: path, environment: [:])
            return []
        } catch {
            return error.complaints.map(\.description)
        }
    }

    @Test("Relative paths begin at the directory of the file")
    func relativePaths() throws {
        let directory = TemporaryFolder()
        _ = try directory.write("one-secret\r\n", to: "secret")
        let path = try directory.write(
            "credentials: [{ name: main, client_id: a, client_secret_file: secret }]\nbots: [{ name: a, id: b }]\n",
            to: "koreai.yaml"
        )
        let settings = try SettingsFile.load(path: path, environment: [:])
        let source = ClientCredential(clientID: "a", clientSecret: Secret("one-secret"))
        #expect(settings.credentials == [CredentialSettings(name: "main", source: .client(source))])
    }

    @Test("A file that cannot be read is one complaint")
    func unreadable() throws {
        let directory = TemporaryFolder()
        let missing = directory.path + "/missing.yaml"
        #expect(Self.complaints(missing) == ["\(missing):1:1: the configuration file does not exist"])
        #expect(
            Self.complaints(directory.path) == [
                "\(directory.path):1:1: the configuration file is a directory, not a file"
            ]
        )
        let binary = try directory.write(Array("a: ü\nbé".utf8) + [0xFF, 0x0A], to: "binary.yaml")
        #expect(Self.complaints(binary) == ["\(binary):2:3: this is not UTF-8; save the file in that encoding"])
        let large = try directory.write([UInt8](repeating: 0x23, count: (4 << 20) + 10), to: "large.yaml")
        #expect(Self.complaints(large) == ["\(large):1:1: the file is larger than 4 MiB"])
    }

    @Test("A pipe in place of a secret's file is refused, and does not block")
    func pipe() throws {
        let directory = TemporaryFolder()
        let pipe = directory.pipe("pipe")
        let path = try directory.write(
            "credentials: [{ name: main, client_id: a, client_secret_file: pipe }]\nbots: [{ name: a, id: b }]\n",
            to: "koreai.yaml"
        )
        #expect(
            Self.complaints(path) == ["\(path):1:63: `client_secret_file`: the file `\(pipe)` is not a regular file"]
        )
    }

    @Test("At most so many bytes of a file are read")
    func limit() throws {
        let directory = TemporaryFolder()
        let path = try directory.write([UInt8](repeating: 0x61, count: 40_000), to: "file")
        #expect(try SettingsFiles.disk.read(path, 17_000).get().count == 17_000)
        #expect(try SettingsFiles.disk.read(path, 50_000).get().count == 40_000)
        #expect(SettingsFiles.disk.read("", 1) == .failure(.missing))
    }
}
