/// A line or a metric as a reader of a format understands it.
public struct ReadSample: Equatable, Sendable {
    public var name: String
    public var labels: [[String]]
    public var value: Double
    /// Of an exemplar: its labels, value and time.
    public var exemplar: [[String]]?

    public init(name: String, labels: [[String]], value: Double, exemplar: [[String]]? = nil) {
        self.name = name
        self.labels = labels
        self.value = value
        self.exemplar = exemplar
    }

    public static func == (left: ReadSample, right: ReadSample) -> Bool {
        left.name.utf8.elementsEqual(right.name.utf8) && left.value.bitPattern == right.value.bitPattern
            && Self.isSame(left.labels, right.labels) && Self.isSame(left.exemplar ?? [], right.exemplar ?? [])
    }

    /// By bytes: for Swift, texts that look the same are equal.
    private static func isSame(_ left: [[String]], _ right: [[String]]) -> Bool {
        left.elementsEqual(right) { $0.elementsEqual($1) { $0.utf8.elementsEqual($1.utf8) } }
    }
}
