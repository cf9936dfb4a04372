extension JSONReader {
    /// The string whose opening quote comes next.
    ///
    /// Bytes that are no UTF-8 and lone surrogates become U+FFFD: a damaged name does not fail a reply.
    mutating func string() throws(JSONSyntaxError) -> String {
        let (range, hasEscapes) = try stringRange()
        return hasEscapes ? unescaped(range) : String(decoding: bytes[range], as: UTF8.self)
    }

    /// Passes over the string whose opening quote comes next.
    ///
    /// - Returns: Where its text stands, without the quotes, and whether it has escapes.
    mutating func stringRange() throws(JSONSyntaxError) -> (range: Range<Int>, hasEscapes: Bool) {
        index += 1
        let start = index
        var hasEscapes = false
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                let range = start..<index
                index += 1
                return (range, hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                // The escaped character may be a quote. At the end of the body the index stops one past it.
                index = min(index + 2, bytes.count)
            default:
                index += 1
            }
        }
        throw failure("a closing quote")
    }

    private func unescaped(_ range: Range<Int>) -> String {
        var units: [UInt8] = []
        units.reserveCapacity(range.count)
        var position = range.lowerBound
        while position < range.upperBound {
            let byte = bytes[position]
            position += 1
            guard byte == UInt8(ascii: "\\"), position < range.upperBound else {
                units.append(byte)
                continue
            }
            let escape = bytes[position]
            position += 1
            switch escape {
            case UInt8(ascii: "n"): units.append(0x0A)
            case UInt8(ascii: "r"): units.append(0x0D)
            case UInt8(ascii: "t"): units.append(0x09)
            case UInt8(ascii: "b"): units.append(0x08)
            case UInt8(ascii: "f"): units.append(0x0C)
            case UInt8(ascii: "u"): units.append(contentsOf: String(scalar(at: &position, upTo: range.upperBound)).utf8)
            default: units.append(escape)
            }
        }
        return String(decoding: units, as: UTF8.self)
    }

    /// The character of a `\u` escape, and of the second half of a surrogate pair behind it.
    private func scalar(at position: inout Int, upTo end: Int) -> Unicode.Scalar {
        let replacement: Unicode.Scalar = "\u{FFFD}"
        guard let high = hexQuad(at: position, upTo: end) else { return replacement }
        position += 4
        guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) ?? replacement }
        guard position + 1 < end, bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u"),
            let low = hexQuad(at: position + 2, upTo: end), (0xDC00..<0xE000).contains(low)
        else { return replacement }
        position += 6
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? replacement
    }

    private func hexQuad(at position: Int, upTo end: Int) -> UInt32? {
        guard position + 4 <= end else { return nil }
        var value: UInt32 = 0
        for byte in bytes[position..<position + 4] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
            default: return nil
            }
        }
        return value
    }
}
