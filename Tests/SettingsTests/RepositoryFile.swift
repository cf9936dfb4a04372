#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A file of the repository the tests were built from.
enum RepositoryFile {
    /// The path of a file, given from the repository's root.
    static func path(_ relative: String, from testFile: String = #filePath) -> String {
        testFile.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/" + relative
    }

    static func read(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { return String(validating: bytes, as: UTF8.self) }
            bytes += chunk.prefix(count)
        }
    }

    static func write(_ text: String, to path: String) -> Bool {
        guard let file = fopen(path, "w") else { return false }
        let bytes = Array(text.utf8)
        let count = fwrite(bytes, 1, bytes.count, file)
        return fclose(file) == 0 && count == bytes.count
    }
}
