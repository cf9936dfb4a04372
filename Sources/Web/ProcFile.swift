import Glibc

/// Files and folders of `/proc`.
enum ProcFile {
    private static let longest = 65_536

    /// The file's text, at most 64 KiB of it; empty where it cannot be read.
    static func read(_ path: String) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: longest)
        var length = 0
        while length < longest {
            let count = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(file, buffer.baseAddress?.advanced(by: length), longest - length)
            }
            guard count > 0 else { break }
            length += count
        }
        return String(decoding: bytes.prefix(length), as: UTF8.self)
    }

    /// The entries of a folder of numbered entries, without the descriptor that reading it takes.
    static func countEntries(_ path: String) -> Int? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var count = 0
        while let entry = readdir(folder) {
            // Every name but "." and "..".
            if entry.pointee.d_name.0 != CChar(UInt8(ascii: ".")) {
                count += 1
            }
        }
        return max(0, count - 1)
    }

    /// The Unix time of the machine's start, in seconds, from the text of `/proc/stat`.
    static func bootTime(_ stat: String) -> Double? {
        stat.split(separator: "\n").first { $0.hasPrefix("btime ") }.flatMap { Double($0.dropFirst(6)) }
    }
}
