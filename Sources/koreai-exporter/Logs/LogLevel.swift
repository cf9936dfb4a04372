import ArgumentParser
import Logging

/// A word of `--log.level`.
enum LogLevel: String, CaseIterable, ExpressibleByArgument {
    case debug
    case info
    case warn
    case error

    var level: Logger.Level {
        switch self {
        case .debug: .debug
        case .info: .info
        case .warn: .warning
        case .error: .error
        }
    }
}

extension Logger.Level {
    /// As log lines write it: the words of `--log.level`.
    var word: String {
        switch self {
        case .trace, .debug: LogLevel.debug.rawValue
        case .info, .notice: LogLevel.info.rawValue
        case .warning: LogLevel.warn.rawValue
        case .error, .critical: LogLevel.error.rawValue
        }
    }
}
