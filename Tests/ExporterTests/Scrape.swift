/// A page of /metrics.
struct Scrape {
    let text: String
    private let values: [Substring: Substring]

    init(_ text: String) {
        self.text = text
        values = Dictionary(
            text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
                line.lastIndex(of: " ").map { (line[..<$0], line[line.index(after: $0)...]) }
            },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The value of a series, given as the exposition writes it.
    subscript(series: String) -> Double? {
        values[series[...]].flatMap { Double($0) }
    }

    /// The values of all series of a metric that have these labels, written as the exposition writes them.
    func values(of name: String, with labels: String...) -> [Double] {
        values.filter { series, _ in
            series.prefix { $0 != "{" } == name && labels.allSatisfy { series.contains($0) }
        }.compactMap { Double($0.value) }
    }
}
