import Glibc
import KoreAI
import Logging

/// Writes each event as one line to standard error.
struct LineLogHandler: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    private let format: LogFormat

    init(format: LogFormat, level: Logger.Level) {
        self.format = format
        logLevel = level
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadata.merging(metadataProvider?.get() ?? [:]) { _, new in new }
        all.merge(event.metadata ?? [:]) { _, new in new }
        var line = LogLine(fields: [
            ("time", Timestamp.now.iso8601),
            ("level", event.level.word),
            ("msg", event.message.description),
        ])
        line.fields += all.sorted { $0.key < $1.key }.map { ($0.key, $0.value.description) }
        if let error = event.error, all["error"] == nil {
            line.fields.append(("error", String(describing: error)))
        }
        Self.write((format == .json ? line.json : line.logfmt) + "\n")
    }

    /// One call for a line, so that the lines of two threads do not mix.
    private static func write(_ line: String) {
        var bytes = Array(line.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            // A log that cannot be written must not stop what it tells of.
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
