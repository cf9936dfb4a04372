#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A directory of a test's own, which is removed with what was written into it.
final class TemporaryDirectory {
    let path: String
    private var files: [String] = []

    init?() {
        var template = Array("/tmp/settings-tests-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { return nil }
        path = template.withUnsafeBufferPointer {
            String(decoding: $0.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
    }

    deinit {
        for file in files { unlink(file) }
        rmdir(path)
    }

    /// Writes a file and gives its path.
    func write(_ bytes: [UInt8], to name: String) -> String {
        let file = "\(path)/\(name)"
        files.append(file)
        if let stream = fopen(file, "w") {
            fwrite(bytes, 1, bytes.count, stream)
            fclose(stream)
        }
        return file
    }

    func write(_ text: String, to name: String) -> String {
        write(Array(text.utf8), to: name)
    }

    /// Makes a named pipe and gives its path.
    func pipe(_ name: String) -> String {
        let file = "\(path)/\(name)"
        files.append(file)
        mkfifo(file, 0o600)
        return file
    }
}
