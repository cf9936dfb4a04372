/// The text exposition format, version 0.0.4.
///
/// Source: <https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format>.
package struct TextEncoder: Sendable {
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var bytes: [UInt8] = []

    package init() {}

    /// What was written, and a fresh start.
    package mutating func take() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    package mutating func writeHeader(of family: MetricFamily) {
        write("# HELP ")
        write(family.name)
        write(" ")
        writeEscaped(family.help, quotes: false)
        write("\n# TYPE ")
        write(family.name)
        write(" ")
        write(family.kind.rawValue)
        write("\n")
    }

    package mutating func write(_ sample: Sample, of family: MetricFamily) {
        switch sample.value {
        case .number(let number):
            writeSeries(of: family, suffix: "", sample, bound: nil)
            write(number)
        case .count(let count):
            writeSeries(of: family, suffix: "", sample, bound: nil)
            write(count.description)
        case .histogram(let histogram):
            write(histogram, of: family, sample)
            return
        }
        write("\n")
    }

    private mutating func write(_ histogram: Histogram, of family: MetricFamily, _ sample: Sample) {
        var cumulative: UInt64 = 0
        for (bound, count) in zip(histogram.bounds + [.infinity], histogram.counts) {
            cumulative &+= count
            writeSeries(of: family, suffix: "_bucket", sample, bound: bound)
            write(cumulative.description)
            write("\n")
        }
        writeSeries(of: family, suffix: "_sum", sample, bound: nil)
        write(histogram.sum)
        write("\n")
        writeSeries(of: family, suffix: "_count", sample, bound: nil)
        write(cumulative.description)
        write("\n")
    }

    private mutating func writeSeries(of family: MetricFamily, suffix: String, _ sample: Sample, bound: Double?) {
        write(family.name)
        write(suffix)
        var separator = "{"
        for (name, value) in zip(family.labels, sample.labelValues) {
            writeLabel(name, value, &separator)
        }
        for label in sample.additionalLabels {
            writeLabel(label.name, label.value, &separator)
        }
        if let bound {
            write(separator)
            write("le=\"")
            write(bound)
            write("\"")
            separator = ","
        }
        write(separator == "{" ? " " : "} ")
    }

    private mutating func writeLabel(_ name: String, _ value: String, _ separator: inout String) {
        write(separator)
        write(name)
        write("=\"")
        writeEscaped(value, quotes: true)
        write("\"")
        separator = ","
    }

    private mutating func writeEscaped(_ text: String, quotes: Bool) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): write("\\\\")
            case UInt8(ascii: "\n"): write("\\n")
            case UInt8(ascii: "\"") where quotes: write("\\\"")
            default: bytes.append(byte)
            }
        }
    }

    /// The shortest form that reads back as the same number; whole numbers without a fraction.
    private mutating func write(_ number: Double) {
        if let whole = Int64(exactly: number), whole.magnitude < 1 << 53, !(whole == 0 && number.sign == .minus) {
            write(whole.description)
        } else if number.isNaN {
            write("NaN")
        } else if number.isInfinite {
            write(number < 0 ? "-Inf" : "+Inf")
        } else {
            write(number.description)
        }
    }

    private mutating func write(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }
}
