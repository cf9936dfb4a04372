import Exposition

extension RunTotals: Storable {
    func write(to writer: inout FieldWriter) {
        writer.write(1, ended)
        writer.write(2, failed)
        if durations.count > 0 {
            writer.write(3, packed: durations.bounds)
            writer.write(4, packed: durations.counts)
            writer.write(5, durations.sum)
            writer.write(8, durations.native)
        }
        if let last { writer.write(6, last) }
        if let created { writer.write(7, created) }
    }

    /// With the buckets of when it was written.
    init(from reader: FieldReader) throws(StoredFormError) {
        self.init(bounds: [])
        var bounds: [Double] = []
        var counts: [UInt64] = []
        var sum = 0.0
        var native: NativeHistogram?
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: ended = try field.uint64()
            case 2: failed = try field.uint64()
            case 3: bounds = try field.message().packedDoubles()
            case 4: counts = try field.message().packedIntegers()
            case 5: sum = try field.double()
            case 6: last = try field.stored()
            case 7: created = try field.timestamp()
            case 8: native = try field.stored()
            default: break
            }
        }
        guard !counts.isEmpty else { return }
        guard let durations = Histogram(bounds: bounds, counts: counts, sum: sum, native: native) else {
            throw StoredFormError("the buckets of its durations do not fit each other")
        }
        self.durations = durations
    }

    /// With the buckets of now.
    init(from reader: FieldReader, bounds: [Double]) throws(StoredFormError) {
        try self.init(from: reader)
        durations = durations.rebucketed(bounds)
    }
}
