package import Logging
import Synchronization

/// What a logger was told, a line each: the level, the message and the metadata in order.
package final class LogLines: Sendable {
    private struct Handler: LogHandler {
        let lines: LogLines
        var logLevel: Logger.Level
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let words = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            let line = (["\(event.level)", "\(event.message)"] + words).joined(separator: " ")
            lines.all.withLock { $0.append(line) }
        }
    }

    private let all: Mutex<[String]> = Mutex([])

    package init() {}

    package func logger(level: Logger.Level = .info) -> Logger {
        Logger(label: "test") { _ in Handler(lines: self, logLevel: level) }
    }

    /// Those since the last time.
    package func take() -> [String] {
        all.withLock { lines in
            defer { lines = [] }
            return lines
        }
    }
}
