import Actions
import Glibc
import Synchronization

/// Shows how actions go in lines at the foot of a terminal, which is that of standard error.
final class ScreenDisplay: ActionDisplay {
    private struct State {
        var screen: ActionScreen
        /// Lines that stand there now.
        var drawn = 0
    }

    private let clock = ContinuousClock()
    private let state: Mutex<State>
    private let hasColours = Terminal.hasColours(STDERR_FILENO)

    init(rows: [ActionRow]) {
        state = Mutex(State(screen: ActionScreen(rows: rows, start: clock.now)))
    }

    func tell(_ sight: ActionSight, of index: Int) {
        state.withLock { state in
            state.screen.rows[index].see(sight, now: clock.now)
            draw(&state)
        }
    }

    func print(_ line: String) {
        state.withLock { state in
            erase(&state)
            Terminal.write(line + "\n", to: STDOUT_FILENO)
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

    /// Draws over what is there. Lines are not wrapped meanwhile, so that each stays one, however wide its letters are.
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
