import Foundation

/// A folder of a test's own, deleted with the value.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init() {
        path = NSTemporaryDirectory() + "koreai-test-\(UUID().uuidString.prefix(8))"
        // Where this fails, so does the first use of the folder.
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of something in it.
    package func path(_ name: String) -> String {
        "\(path)/\(name)"
    }

    /// Writes over a file, or makes one.
    ///
    /// - Returns: Its path.
    @discardableResult
    package func write(_ bytes: [UInt8], to name: String) throws -> String {
        let file = path(name)
        try Data(bytes).write(to: URL(filePath: file))
        return file
    }

    /// Writes over a file, or makes one.
    ///
    /// - Returns: Its path.
    @discardableResult
    package func write(_ text: String, to name: String) throws -> String {
        try write(Array(text.utf8), to: name)
    }

    /// Makes a named pipe.
    ///
    /// - Returns: Its path.
    package func pipe(_ name: String) -> String {
        let file = path(name)
        mkfifo(file, 0o600)
        return file
    }
}
