/// A strict reader of the two text formats, written from their specifications and sharing no code with the encoders.
public struct TextReader {
    private let isOpenMetrics: Bool
    private var bytes: ArraySlice<UInt8>

    private init(_ bytes: [UInt8], isOpenMetrics: Bool) {
        self.bytes = bytes[...]
        self.isOpenMetrics = isOpenMetrics
    }

    /// All families of a page; in OpenMetrics it has to end with `# EOF`.
    public static func read(_ bytes: [UInt8], isOpenMetrics: Bool) throws -> [ReadFamily] {
        var reader = TextReader(bytes, isOpenMetrics: isOpenMetrics)
        return try reader.families()
    }

    private mutating func families() throws -> [ReadFamily] {
        var families: [ReadFamily] = []
        while !bytes.isEmpty {
            if isOpenMetrics, take("# EOF\n") {
                guard bytes.isEmpty else { throw ReadError("something follows the end") }
                return families
            }
            if take("# HELP ") {
                let name = try word(until: " ")
                families.append(ReadFamily(name: name, help: try escaped(until: "\n", quotes: isOpenMetrics), type: ""))
                continue
            }
            guard var family = families.popLast() else { throw ReadError("a line before the first # HELP") }
            if take("# TYPE ") {
                guard try word(until: " ") == family.name else { throw ReadError("a type of another family") }
                family.type = try word(until: "\n")
            } else if take("# UNIT ") {
                guard try word(until: " ") == family.name else { throw ReadError("a unit of another family") }
                family.unit = try word(until: "\n")
                guard family.name.hasSuffix("_" + family.unit) else { throw ReadError("the name lacks its unit") }
            } else {
                family.samples.append(try sample())
            }
            families.append(family)
        }
        if isOpenMetrics { throw ReadError("no # EOF") }
        return families
    }

    private mutating func sample() throws -> ReadSample {
        var name: [UInt8] = []
        while let byte = bytes.first, byte != UInt8(ascii: "{"), byte != UInt8(ascii: " ") {
            guard Self.isNameByte(byte) else { throw ReadError("a name with the byte \(byte)") }
            name.append(byte)
            bytes.removeFirst()
        }
        var sample = ReadSample(name: String(decoding: name, as: UTF8.self), labels: try labels(), value: 0)
        guard take(" ") else { throw ReadError("no blank before a value") }
        var value = try word(until: "\n")
        if let range = value.firstRange(of: " # ") {
            guard isOpenMetrics else { throw ReadError("an exemplar in text format") }
            var rest = TextReader(Array(value[range.upperBound...].utf8), isOpenMetrics: true)
            let labels = try rest.labels()
            guard rest.take(" ") else { throw ReadError("no blank after an exemplar's labels") }
            let numbers = String(decoding: rest.bytes, as: UTF8.self).split(separator: " ").map(String.init)
            sample.exemplar = labels + [numbers]
            value = String(value[..<range.lowerBound])
        }
        sample.value = try Self.number(value)
        return sample
    }

    private mutating func labels() throws -> [[String]] {
        guard take("{") else { return [] }
        var labels: [[String]] = []
        if take("}") { return [] }
        repeat {
            let name = try word(until: "=")
            guard !name.isEmpty, name.utf8.allSatisfy(Self.isNameByte) else {
                throw ReadError("a label's name: \(name)")
            }
            guard take("\"") else { throw ReadError("no quote before a label's value") }
            labels.append([name, try escaped(until: "\"", quotes: true)])
        } while take(",")
        guard take("}") else { throw ReadError("no brace after labels") }
        return labels
    }

    /// Unescapes, and takes the end away.
    private mutating func escaped(until end: Unicode.Scalar, quotes: Bool) throws -> String {
        var text: [UInt8] = []
        while let byte = bytes.popFirst() {
            if byte == UInt8(ascii: end) { return String(decoding: text, as: UTF8.self) }
            guard byte == UInt8(ascii: "\\") else {
                if byte == UInt8(ascii: "\n") || (quotes && byte == UInt8(ascii: "\"")) {
                    throw ReadError("not escaped")
                }
                text.append(byte)
                continue
            }
            switch bytes.popFirst() {
            case UInt8(ascii: "\\"): text.append(UInt8(ascii: "\\"))
            case UInt8(ascii: "n"): text.append(UInt8(ascii: "\n"))
            case UInt8(ascii: "\"") where quotes: text.append(UInt8(ascii: "\""))
            default: throw ReadError("an unknown escape")
            }
        }
        throw ReadError("a text does not end")
    }

    private mutating func word(until end: Unicode.Scalar) throws -> String {
        guard let index = bytes.firstIndex(of: UInt8(ascii: end)) else { throw ReadError("a line does not end") }
        defer { bytes = bytes[(index + 1)...] }
        return String(decoding: bytes[..<index], as: UTF8.self)
    }

    private mutating func take(_ text: String) -> Bool {
        guard bytes.starts(with: text.utf8) else { return false }
        bytes.removeFirst(text.utf8.count)
        return true
    }

    private static func number(_ text: String) throws -> Double {
        switch text {
        case "+Inf": return .infinity
        case "-Inf": return -.infinity
        case "NaN": return .nan
        default:
            guard text.utf8.allSatisfy({ "+-.0123456789e".utf8.contains($0) }), let number = Double(text) else {
                throw ReadError("no number: \(text)")
            }
            return number
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: ":"):
            true
        default: false
        }
    }
}
