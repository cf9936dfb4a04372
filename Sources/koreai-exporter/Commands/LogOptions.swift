import App
import ArgumentParser
import Logging

/// The flags of the log.
struct LogOptions: ParsableArguments {
    @Option(name: .customLong("log.level"), help: "Log only what is at least so severe.")
    var level = LogLevel.info

    @Option(name: .customLong("log.format"), help: "How log lines are written to standard error.")
    var format = LogFormat.logfmt

    func logger(label: String = "koreai-exporter") -> Logger {
        Logger(label: label) { _ in LineLogHandler(format: format, level: level.level) }
    }

    /// A logger for libraries that log every connection: their lines below error are shown only at level debug.
    func libraryLogger(label: String) -> Logger {
        Logger(label: label) { _ in
            LineLogHandler(format: format, level: level == .debug ? .debug : .error)
        }
    }
}

extension LogFormat: ExpressibleByArgument {}

extension LogLevel: ExpressibleByArgument {}
