/// A family as a reader of a format understands it.
public struct ReadFamily: Equatable, Sendable {
    public var name: String
    public var help: String
    public var type: String
    public var unit: String
    public var samples: [ReadSample]

    public init(name: String, help: String, type: String, unit: String = "", samples: [ReadSample] = []) {
        self.name = name
        self.help = help
        self.type = type
        self.unit = unit
        self.samples = samples
    }

    public static func == (left: ReadFamily, right: ReadFamily) -> Bool {
        left.name == right.name && left.help.utf8.elementsEqual(right.help.utf8) && left.type == right.type
            && left.unit == right.unit && left.samples == right.samples
    }
}
