import Foundation
import Glibc

/// What is known of the terminal behind a stream.
enum Terminal {
    /// Whether people look at it who can see lines change.
    static func isInteractive(_ file: Int32) -> Bool {
        isatty(file) == 1 && environment("TERM") != "dumb"
    }

    /// Whether it shows colours, and nobody asked for none.
    ///
    /// Source: https://no-color.org
    static func hasColours(_ file: Int32) -> Bool {
        isInteractive(file) && (environment("NO_COLOR") ?? "").isEmpty
    }

    /// Columns and rows; 80 and 24 where it does not tell.
    static func size(_ file: Int32) -> (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(file, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Writes all of it, or what a terminal that goes away lets through.
    static func write(_ text: String, to file: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }

    private static func environment(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name]
    }
}
