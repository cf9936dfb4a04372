/// Reads `io.prometheus.client.MetricFamily` messages as the lines that the text formats would have for them.
public enum MetricsReader {
    public static func read(_ bytes: [UInt8]) throws -> [ReadFamily] {
        try ProtobufMessage.delimited(bytes).map { message in
            let types: [UInt64: String] = [0: "counter", 1: "gauge", 4: "histogram"]
            guard let name = message.string(1), let type = types[message.uint(3) ?? 0] else {
                throw ReadError("a family without name or type")
            }
            return ReadFamily(
                name: name,
                help: message.string(2) ?? "",
                type: type,
                unit: message.string(5) ?? "",
                samples: try message.messages(4).flatMap { try samples(of: $0, name: name, type: type) }
            )
        }
    }

    private static func samples(of metric: ProtobufMessage, name: String, type: String) throws -> [ReadSample] {
        let labels = try metric.messages(1).map { [$0.string(1) ?? "", $0.string(2) ?? ""] }
        switch type {
        case "gauge", "counter":
            let values = try metric.messages(type == "gauge" ? 2 : 3)
            guard values.count == 1, let value = values[0].double(1) else { throw ReadError("a metric without value") }
            return [ReadSample(name: name, labels: labels, value: value)]
        default:
            let values = try metric.messages(7)
            guard values.count == 1, let count = values[0].uint(1), let sum = values[0].double(2) else {
                throw ReadError("a histogram without count or sum")
            }
            try checkNative(values[0], count: count)
            let buckets = try values[0].messages(3).map { bucket in
                ReadSample(
                    name: name + "_bucket",
                    labels: labels + [["le", String(bucket.double(2) ?? .nan)]],
                    value: Double(bucket.uint(1) ?? 0)
                )
            }
            return buckets + [
                ReadSample(name: name + "_sum", labels: labels, value: sum),
                ReadSample(name: name + "_count", labels: labels, value: Double(count)),
            ]
        }
    }

    /// The native buckets count as much as the histogram says.
    private static func checkNative(_ histogram: ProtobufMessage, count: UInt64) throws {
        var total = histogram.uint(7) ?? 0
        for (spans, deltas) in [(9, 10), (12, 13)] {
            let lengths = try histogram.messages(spans).reduce(0) { $0 + ($1.uint(2) ?? 0) }
            var last: Int64 = 0
            let counts = histogram.sints(deltas).map { delta in
                last += delta
                return UInt64(last)
            }
            guard counts.count == Int(lengths) else {
                throw ReadError("spans of \(lengths) with \(counts.count) buckets")
            }
            total += counts.reduce(0, +)
        }
        guard histogram.fields.contains(where: { $0.number == 5 }), total == count else {
            throw ReadError("native buckets count \(total), not \(count)")
        }
    }
}
