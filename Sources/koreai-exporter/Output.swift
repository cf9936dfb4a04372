import Glibc

/// Standard output, for what a command was asked for; the log goes to standard error.
enum Output {
    /// Writes a line at once, also into a pipe.
    static func line(_ text: String) {
        print(text)
        fflush(nil)
    }
}
