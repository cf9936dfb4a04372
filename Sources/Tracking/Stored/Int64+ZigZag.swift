extension UInt64 {
    /// A number of either sign, so that small ones are short as a varint.
    ///
    /// Source: https://protobuf.dev/programming-guides/encoding/#signed-ints
    package init(zigzag value: Int64) {
        self.init(bitPattern: value << 1 ^ value >> 63)
    }
}

extension Int64 {
    /// What ``UInt64/init(zigzag:)`` was given.
    package init(zigzag value: UInt64) {
        self = Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }
}
