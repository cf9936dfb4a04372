import Actions
import Glibc
import Synchronization

/// Writes a line to standard error for each change, for logs.
final class LineDisplay: ActionDisplay {
    private let names: [String]
    private let words: Mutex<[String]>

    init(names: [String]) {
        self.names = names
        words = Mutex(names.map { _ in "" })
    }

    func tell(_ sight: ActionSight, of index: Int) {
        // How they ended stands on standard output.
        if case .ended = sight { return }
        let isNew = words.withLock { words in
            defer { words[index] = sight.words }
            return words[index] != sight.words
        }
        if isNew { Terminal.write("\(names[index]): \(sight.words)\n", to: STDERR_FILENO) }
    }

    func print(_ line: String) {
        Terminal.write(line + "\n", to: STDOUT_FILENO)
    }

    func run() async {}

    func clear() {}
}
