extension Histogram {
    /// An `io.prometheus.client.Histogram` with both kinds of buckets.
    func protobuf(created: Double?, exemplar: Exemplar?) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(field: 1, varint: count)
        bytes.append(field: 2, double: sum)
        let exemplarBucket = exemplar.map { bucket(of: $0.value) }
        var cumulative: UInt64 = 0
        for (bucket, count) in counts.enumerated() {
            cumulative &+= count
            // The last one counts what the sample count says, so it stands there only for its exemplar.
            guard bucket < bounds.count || bucket == exemplarBucket else { continue }
            var field: [UInt8] = []
            field.append(field: 1, varint: cumulative)
            field.append(field: 2, double: bucket < bounds.count ? bounds[bucket] : .infinity)
            if let exemplar, bucket == exemplarBucket { field.append(field: 3, text: exemplar.protobuf) }
            bytes.append(field: 3, text: field)
        }
        bytes.append(contentsOf: native.protobuf)
        if let created { bytes.append(field: 15, timestamp: created) }
        if let exemplar, exemplar.timestamp != nil { bytes.append(field: 16, text: exemplar.protobuf) }
        return bytes
    }
}

extension NativeHistogram {
    /// Its fields of an `io.prometheus.client.Histogram`.
    fileprivate var protobuf: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(field: 5, signed: Int64(schema))
        bytes.append(field: 6, double: Self.zeroThreshold)
        bytes.append(field: 7, varint: zeroCount)
        bytes.append(buckets: negative, spanField: 9, deltaField: 10)
        bytes.append(buckets: positive, spanField: 12, deltaField: 13)
        if positive.isEmpty {
            // A span of nothing tells a native histogram without observations from one that is only classic.
            bytes.append(field: 12, text: [])
        }
        return bytes
    }
}

extension [UInt8] {
    /// Buckets next to each other are a span; each count is told by how much it is above the one before.
    fileprivate mutating func append(buckets: [NativeHistogram.Bucket], spanField: UInt64, deltaField: UInt64) {
        var index = buckets.startIndex
        var next: Int64 = 0
        while index < buckets.endIndex {
            let start = index
            repeat { index += 1 } while index < buckets.endIndex && buckets[index].index == buckets[index - 1].index + 1
            var span: [UInt8] = []
            span.append(field: 1, signed: Int64(buckets[start].index) - next)
            span.append(field: 2, varint: UInt64(index - start))
            append(field: spanField, text: span)
            next = Int64(buckets[index - 1].index) + 1
        }
        var last: UInt64 = 0
        for bucket in buckets {
            append(field: deltaField, signed: Int64(bitPattern: bucket.count &- last))
            last = bucket.count
        }
    }
}

extension Exemplar {
    fileprivate var protobuf: [UInt8] {
        var bytes: [UInt8] = []
        for label in labels {
            var pair: [UInt8] = []
            pair.append(field: 1, text: label.name.utf8)
            pair.append(field: 2, text: label.value.utf8)
            bytes.append(field: 1, text: pair)
        }
        bytes.append(field: 2, double: value)
        if let timestamp { bytes.append(field: 3, timestamp: timestamp) }
        return bytes
    }
}
