import Foundation
import Glibc
import Polling
import Synchronization

/// Shows on a terminal or in a log how actions go and how they ended.
protocol ActionDisplay: Sendable {
    /// - Parameter index: The position of the action among those of the command.
    func show(_ update: ActionUpdate, of index: Int)

    /// Writes a line about an action that ended.
    func print(_ line: String)

    /// Redraws as time passes, until the task is cancelled.
    func run() async

    /// Removes the lines that show progress.
    func clear()
}

/// Writes a line to standard error for each change, for logs.
final class LineDisplay: ActionDisplay {
    private let names: [String]
    private let words: Mutex<[String]>
    private let outcomes: Int32

    /// - Parameter outcomes: The file descriptor for lines about ended actions.
    init(names: [String], outcomes: Int32) {
        self.names = names
        self.outcomes = outcomes
        words = Mutex(names.map { _ in "" })
    }

    func show(_ update: ActionUpdate, of index: Int) {
        // `print` writes the line about the end.
        if case .ended = update { return }
        let isNew = words.withLock { words in
            defer { words[index] = update.words }
            return words[index] != update.words
        }
        if isNew { Terminal.write("\(names[index]): \(update.words)\n", to: STDERR_FILENO) }
    }

    func print(_ line: String) {
        Terminal.write(line + "\n", to: outcomes)
    }

    func run() async {}

    func clear() {}
}

/// Shows progress in the last lines of the terminal that standard error writes to.
final class ScreenDisplay: ActionDisplay {
    private struct State {
        var screen: ActionScreen
        /// How many lines of progress are on the terminal now.
        var drawn = 0
    }

    private let clock = ContinuousClock()
    private let state: Mutex<State>
    private let hasColours = Terminal.hasColours(STDERR_FILENO)
    private let outcomes: Int32

    /// - Parameter outcomes: The file descriptor for lines about ended actions.
    init(rows: [ActionRow], outcomes: Int32) {
        self.outcomes = outcomes
        state = Mutex(State(screen: ActionScreen(rows: rows, start: clock.now)))
    }

    func show(_ update: ActionUpdate, of index: Int) {
        state.withLock { state in
            state.screen.rows[index].see(update, now: clock.now)
            draw(&state)
        }
    }

    func print(_ line: String) {
        state.withLock { state in
            erase(&state)
            Terminal.write(line + "\n", to: outcomes)
            draw(&state)
        }
    }

    func run() async {
        while !Task.isCancelled {
            state.withLock { draw(&$0) }
            try? await clock.sleep(for: .milliseconds(100))
        }
    }

    func clear() {
        state.withLock { erase(&$0) }
    }

    private func erase(_ state: inout State) {
        guard state.drawn > 0 else { return }
        Terminal.write(Self.up(state.drawn) + "\u{1B}[J", to: STDERR_FILENO)
        state.drawn = 0
    }

    /// Draws over the previous lines. Wrapping is off meanwhile, so that each stays one line, even with wide letters.
    private func draw(_ state: inout State) {
        let size = Terminal.size(STDERR_FILENO)
        let lines = state.screen.lines(columns: size.columns, rows: size.rows, colours: hasColours, now: clock.now)
        guard !lines.isEmpty || state.drawn > 0 else { return }
        let text = lines.map { $0 + "\u{1B}[K\n" }.joined()
        Terminal.write(Self.up(state.drawn) + "\u{1B}[?7l" + text + "\u{1B}[?7h\u{1B}[J", to: STDERR_FILENO)
        state.drawn = lines.count
    }

    private static func up(_ lines: Int) -> String {
        lines > 0 ? "\r\u{1B}[\(lines)A" : "\r"
    }
}

/// What is known of the terminal behind a file descriptor.
package enum Terminal {
    /// Whether the descriptor is a terminal that can move its cursor.
    package static func isInteractive(_ file: Int32) -> Bool {
        isatty(file) == 1 && environment("TERM") != "dumb"
    }

    /// Whether colours may be used: it is such a terminal, and `NO_COLOR` is not set.
    ///
    /// Source: https://no-color.org
    package static func hasColours(_ file: Int32) -> Bool {
        isInteractive(file) && (environment("NO_COLOR") ?? "").isEmpty
    }

    /// The terminal's columns and rows; 80 and 24 where it does not tell.
    package static func size(_ file: Int32) -> (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(file, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Writes the whole text, or as much as the descriptor takes before an error.
    package static func write(_ text: String, to file: Int32) {
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

/// Colours text for a terminal, or leaves it plain.
struct Paint {
    enum Colour: Int {
        case red = 31
        case green = 32
        case yellow = 33
        case dim = 2
    }

    let isOn: Bool

    func callAsFunction(_ text: String, _ colour: Colour) -> String {
        isOn ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }
}
