import ArgumentParser

/// Prints docs/metrics.md. For developers, so it is not shown.
struct Reference: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the reference of all metrics as Markdown.",
        shouldDisplay: false
    )

    func run() {
        print(MetricsReference.markdown, terminator: "")
    }
}
