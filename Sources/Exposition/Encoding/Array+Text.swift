extension [UInt8] {
    /// The text with what would end it escaped.
    mutating func append(escaped text: some Collection<UInt8>, quotes: Bool) {
        let isPlain = text.withContiguousStorageIfAvailable { bytes in
            for byte in bytes
            where byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\"") {
                return false
            }
            append(contentsOf: bytes)
            return true
        }
        guard isPlain != true else { return }
        for byte in text {
            switch byte {
            case UInt8(ascii: "\\"): append(contentsOf: "\\\\".utf8)
            case UInt8(ascii: "\n"): append(contentsOf: "\\n".utf8)
            case UInt8(ascii: "\"") where quotes: append(contentsOf: "\\\"".utf8)
            default: append(byte)
            }
        }
    }

    /// The shortest form that reads back as the same number; whole numbers without a fraction.
    mutating func append(number: Double) {
        if let whole = Int64(exactly: number), whole.magnitude < 1 << 53, !(whole == 0 && number.sign == .minus) {
            append(contentsOf: whole.description.utf8)
        } else if number.isNaN {
            append(contentsOf: "NaN".utf8)
        } else if number.isInfinite {
            append(contentsOf: (number < 0 ? "-Inf" : "+Inf").utf8)
        } else {
            append(contentsOf: number.description.utf8)
        }
    }
}
