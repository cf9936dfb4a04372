/// Writes the series of one family in one format.
protocol SeriesEncoder: PackedSamples.Reader {
    /// Starts the group's first sample with its label values.
    mutating func startGroup(_ leading: [String])
    mutating func addLabelValue(_ value: String)
    mutating func addLabel(_ name: String, _ value: String)
    mutating func endSample(_ histogram: Histogram, created: Double?, exemplar: Exemplar?)
}

extension SeriesEncoder {
    mutating func write(_ page: ModelPage) {
        for entry in page.entries {
            startGroup(entry.group.labelValues)
            switch entry.content {
            case .number(let number):
                endSample(number: number)
            case .count(let count, let created):
                endSample(count: count, created: created.isNaN ? nil : created)
            case .packed(let packed):
                packed.read(by: &self)
            case .samples(let samples):
                for sample in samples { write(sample) }
            }
        }
    }

    mutating func write(_ sample: Sample) {
        startSample(hasLeading: false)
        for value in sample.labelValues { addLabelValue(value) }
        for label in sample.additionalLabels { addLabel(label.name, label.value) }
        switch sample.value {
        case .number(let number): endSample(number: number)
        case .count(let count): endSample(count: count, created: sample.created)
        case .histogram(let histogram):
            endSample(histogram, created: sample.created, exemplar: sample.exemplar)
        }
    }
}
