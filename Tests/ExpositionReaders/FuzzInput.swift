/// Makes numbers and texts of bytes; zeros and nothing once there are no more.
struct FuzzInput {
    private var bytes: ArraySlice<UInt8>

    init(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)[...]
    }

    mutating func number(below bound: Int) -> Int {
        Int(bytes.popFirst() ?? 0) % bound
    }

    mutating func bits() -> UInt64 {
        (0..<8).reduce(0) { bits, _ in bits << 8 | UInt64(bytes.popFirst() ?? 0) }
    }

    /// A finite one; mostly a short one.
    mutating func double() -> Double {
        guard number(below: 4) == 0 else { return Double(number(below: 256)) / 8 - 4 }
        let double = Double(bitPattern: bits())
        return double.isFinite ? double : 0
    }

    mutating func text() -> String {
        let length = number(below: 32)
        defer { bytes = bytes.dropFirst(length) }
        return String(decoding: bytes.prefix(length), as: UTF8.self)
    }
}
