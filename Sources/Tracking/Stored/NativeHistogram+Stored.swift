import Exposition

/// Of durations, so that there is nothing below 0.
extension NativeHistogram: Storable {
    func write(to writer: inout FieldWriter) {
        writer.write(1, Int64(schema))
        writer.write(2, zeroCount)
        writer.write(3, packed: positive.map { UInt64(UInt32(bitPattern: $0.index)) })
        writer.write(4, packed: positive.map(\.count))
    }

    init(from reader: FieldReader) throws(StoredFormError) {
        var schema: Int32 = 0
        var zeroCount: UInt64 = 0
        var indexes: [UInt64] = []
        var counts: [UInt64] = []
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: schema = Int32(clamping: try field.int64())
            case 2: zeroCount = try field.uint64()
            case 3: indexes = try field.message().packedIntegers()
            case 4: counts = try field.message().packedIntegers()
            default: break
            }
        }
        let buckets = zip(indexes, counts).map { index, count in
            Bucket(index: Int32(truncatingIfNeeded: index), count: count)
        }
        guard indexes.count == counts.count,
            let histogram = NativeHistogram(schema: schema, zeroCount: zeroCount, positive: buckets, negative: [])
        else { throw StoredFormError("the native buckets of its durations do not fit each other") }
        self = histogram
    }
}
