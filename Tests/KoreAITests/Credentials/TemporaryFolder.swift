import Glibc

/// A folder of a test's own, removed with its files when the test lets go of it.
final class TemporaryFolder {
    struct Failure: Error {
        var code: Int32
    }

    private let folder: String

    init() throws {
        var template = Array("/tmp/koreai-tests-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(code: errno) }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        if let entries = opendir(folder) {
            while let entry = readdir(entries) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                unlink(path(name))
            }
            closedir(entries)
        }
        rmdir(folder)
    }

    func path(_ name: String) -> String {
        name.isEmpty ? folder : "\(folder)/\(name)"
    }

    func write(_ text: String, to name: String) throws {
        guard let file = fopen(path(name), "w") else { throw Failure(code: errno) }
        let count = fwrite(text, 1, text.utf8.count, file)
        guard fclose(file) == 0, count == text.utf8.count else { throw Failure(code: errno) }
    }
}
