import ArgumentParser

/// A word of `--format`.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
}
