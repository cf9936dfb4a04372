/// Walks through a JSON body from front to back and hands out the values that are asked for.
///
/// JSONDecoder is not enough here. It throws for each field of another type than expected and for numbers that fit no
/// Swift type, and cannot tell what stood there; a reply must survive both and report them. Fields that are not
/// asked for (the list of bots carries client secrets) are passed over without making a value of them.
///
/// ```swift
/// guard try reader.beginObject() else { return }
/// while let key = try reader.nextKey() {
///     if key == "status" { status = try reader.scalar() } else { try reader.skip() }
/// }
/// ```
///
/// Source of the grammar: RFC 8259. What is inside a value that is passed over is not checked beyond its brackets and
/// strings.
struct JSONReader {
    let bytes: [UInt8]
    var index: Int
    /// The last thing read was the bracket that opens an object or array.
    private var isAtStart = false

    /// - Parameter bytes: A whole body, with or without a byte order mark.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        self.index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The byte at the index; 0, which no JSON has outside strings, after the last.
    var current: UInt8 {
        index < bytes.count ? bytes[index] : 0
    }

    func failure(_ expected: String) -> JSONSyntaxError {
        JSONSyntaxError(offset: index, expected: expected)
    }

    mutating func skipSpace() {
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): index += 1
            default: return
            }
        }
    }

    /// Steps into the object that comes next.
    ///
    /// - Returns: Whether an object comes next; where not, nothing was read.
    mutating func beginObject() -> Bool {
        begin(UInt8(ascii: "{"))
    }

    /// Steps into the array that comes next.
    ///
    /// - Returns: Whether an array comes next; where not, nothing was read.
    mutating func beginArray() -> Bool {
        begin(UInt8(ascii: "["))
    }

    private mutating func begin(_ bracket: UInt8) -> Bool {
        skipSpace()
        guard current == bracket else { return false }
        index += 1
        isAtStart = true
        return true
    }

    /// The next key of the object that was stepped into; its value must be read or skipped before the next call.
    ///
    /// - Returns: `nil` after the last, when the object is left.
    mutating func nextKey() throws(JSONSyntaxError) -> String? {
        guard try hasNext(before: UInt8(ascii: "}"), expected: "',' or '}'") else { return nil }
        guard current == UInt8(ascii: "\"") else { throw failure("a key in quotes") }
        let key = try string()
        skipSpace()
        guard current == UInt8(ascii: ":") else { throw failure("':'") }
        index += 1
        return key
    }

    /// Whether the array that was stepped into has a further element, which must be read or skipped before the next
    /// call. Where it has none, the array is left.
    mutating func hasNextElement() throws(JSONSyntaxError) -> Bool {
        try hasNext(before: UInt8(ascii: "]"), expected: "',' or ']'")
    }

    private mutating func hasNext(before end: UInt8, expected: String) throws(JSONSyntaxError) -> Bool {
        skipSpace()
        let isFirst = isAtStart
        isAtStart = false
        if current == end {
            index += 1
            return false
        }
        guard !isFirst else { return true }
        guard current == UInt8(ascii: ",") else { throw failure(expected) }
        index += 1
        skipSpace()
        return true
    }

    /// Checks that nothing but white space is left.
    mutating func end() throws(JSONSyntaxError) {
        skipSpace()
        guard index == bytes.count else { throw failure("the end of the body") }
    }

    /// The value that comes next. An array or object is passed over.
    mutating func scalar() throws(JSONSyntaxError) -> JSONScalar {
        skipSpace()
        switch current {
        case UInt8(ascii: "\""):
            return .string(try string())
        case UInt8(ascii: "{"):
            try skip()
            return .object
        case UInt8(ascii: "["):
            try skip()
            return .array
        default:
            return try bareWord()
        }
    }

    /// A number, `true`, `false`, `null` or a word that JSON does not have.
    private mutating func bareWord() throws(JSONSyntaxError) -> JSONScalar {
        let range = bareWordRange()
        guard let first = bytes[range].first else { throw failure("a value") }
        let text = String(decoding: bytes[range], as: UTF8.self)
        switch text {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        default:
            let isNumber = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) || first == UInt8(ascii: "-")
            return isNumber ? .number(text) : .word(text)
        }
    }

    /// Passes over letters, digits, signs and points.
    private mutating func bareWordRange() -> Range<Int> {
        let start = index
        scan: while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
                index += 1
            default:
                break scan
            }
        }
        return start..<index
    }

    /// Passes over the value that comes next, however deep it is nested, without recursion.
    mutating func skip() throws(JSONSyntaxError) {
        var depth = 0
        repeat {
            skipSpace()
            switch current {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                index += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard depth > 0 else { throw failure("a value") }
                depth -= 1
                index += 1
            case UInt8(ascii: "\""):
                _ = try stringRange()
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                guard depth > 0 else { throw failure("a value") }
                index += 1
            default:
                guard !bareWordRange().isEmpty else { throw failure("a value") }
            }
        } while depth > 0
    }
}

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

/// The place where a body stops being JSON.
package struct JSONSyntaxError: Error, Hashable {
    /// The place of the error, in bytes from the start of the body.
    package var offset: Int
    package var expected: String
}
