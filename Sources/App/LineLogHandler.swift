import Glibc
package import Logging
import Model

/// The value of `--log.format`.
package enum LogFormat: String, CaseIterable {
    case logfmt
    case json
}

/// The value of `--log.level`.
package enum LogLevel: String, CaseIterable {
    case debug
    case info
    case warn
    case error

    package var level: Logger.Level {
        switch self {
        case .debug: .debug
        case .info: .info
        case .warn: .warning
        case .error: .error
        }
    }
}

extension Logger.Level {
    /// The level in a log line, in the words of `--log.level`.
    var word: String {
        switch self {
        case .trace, .debug: LogLevel.debug.rawValue
        case .info, .notice: LogLevel.info.rawValue
        case .warning: LogLevel.warn.rawValue
        case .error, .critical: LogLevel.error.rawValue
        }
    }
}

/// Writes each log event as one line to standard error.
package struct LineLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let format: LogFormat

    package init(format: LogFormat, level: Logger.Level) {
        self.format = format
        logLevel = level
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
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

    /// Writes with one system call where it can, so that the lines of two threads do not mix.
    private static func write(_ line: String) {
        var bytes = Array(line.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            // A log that cannot be written must not stop the exporter.
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}

/// The fields of one log line, before they are formatted.
struct LogLine: Equatable {
    /// In the order in which they are written.
    var fields: [(key: String, value: String)]

    /// For example `time=2026-11-21T02:15:00.000Z level=info msg="polls succeed again" target=banking/ml_export`.
    ///
    /// Values with a space, quote, equals sign, backslash or control character are quoted, so that nothing in a reply
    /// or a configuration can begin a line or a field of its own.
    var logfmt: String {
        fields.map { "\($0.key)=\(Self.needsQuotes($0.value) ? JSONString.quoted($0.value) : $0.value)" }
            .joined(separator: " ")
    }

    /// The fields as one JSON object.
    var json: String {
        "{" + fields.map { "\(JSONString.quoted($0.key)):\(JSONString.quoted($0.value))" }.joined(separator: ",") + "}"
    }

    private static func needsQuotes(_ text: String) -> Bool {
        text.isEmpty
            || text.unicodeScalars.contains { scalar in
                scalar == " " || scalar == "\"" || scalar == "=" || scalar == "\\" || JSONString.mustBeEscaped(scalar)
            }
    }

    static func == (left: LogLine, right: LogLine) -> Bool {
        left.logfmt == right.logfmt
    }
}
