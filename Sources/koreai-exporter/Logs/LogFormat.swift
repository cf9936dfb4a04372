import ArgumentParser

/// A word of `--log.format`.
enum LogFormat: String, CaseIterable, ExpressibleByArgument {
    case logfmt
    case json
}
