/// The samples that one group has in one family, in a form that takes little memory.
enum Content: Sendable {
    /// One sample of a number, without label values but the group's.
    case number(Double)
    /// One sample of a count, without label values but the group's. The creation time is NaN if it is not known.
    case count(UInt64, created: Double)
    case packed(PackedSamples)
    case samples([Sample])

    init(_ samples: [Sample], of group: SeriesGroup) {
        let leading = group.labelValues
        if samples.count == 1, let sample = samples.first, sample.additionalLabels.isEmpty, sample.exemplar == nil,
            sample.labelValues == leading
        {
            switch sample.value {
            case .number(let number) where sample.created == nil:
                self = .number(number)
                return
            case .count(let count):
                self = .count(count, created: sample.created ?? .nan)
                return
            case .number, .histogram:
                break
            }
        }
        if let packed = PackedSamples(samples, leading: leading) {
            self = .packed(packed)
        } else {
            self = .samples(samples)
        }
    }

    /// How many lines the content has in the text format.
    var weight: Int {
        switch self {
        case .number, .count: 1
        case .packed(let packed): packed.count
        case .samples(let samples): samples.reduce(0) { $0 + $1.weight }
        }
    }

    var isEmpty: Bool { weight == 0 }

    /// Whether two contents look the same in every format.
    func isSame(as other: Content) -> Bool {
        switch (self, other) {
        case (.number(let number), .number(let other)): number.bitPattern == other.bitPattern
        case (.count(let count, let created), .count(let other, let otherCreated)):
            count == other && created.bitPattern == otherCreated.bitPattern
        case (.packed(let packed), .packed(let other)): packed == other
        case (.samples(let samples), .samples(let other)): samples == other
        case (.number, _), (.count, _), (.packed, _), (.samples, _): false
        }
    }
}

extension Sample {
    fileprivate var weight: Int {
        switch value {
        case .number, .count: 1
        case .histogram(let histogram): histogram.counts.count + 2
        }
    }
}
