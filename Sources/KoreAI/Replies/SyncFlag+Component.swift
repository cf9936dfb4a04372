extension SyncFlag {
    /// What every flag's key begins with.
    static let keyPrefix = "isMlInSyncWith"
    private static let longestComponent = 64

    /// What follows the prefix in a flag's key; `nil` for the key of another field.
    static func name(inKey key: String) -> Substring? {
        let bytes = key.utf8
        guard bytes.starts(with: keyPrefix.utf8) else { return nil }
        return Substring(bytes.dropFirst(keyPrefix.utf8.count))
    }

    /// The component that a flag is about, in snake case with acronyms kept together: `UBTraining` is `ub_training`.
    ///
    /// - Returns: `nil` where the name cannot be a label: other characters than ASCII letters, digits and `_`, none,
    ///   or too many.
    static func component(ofName name: Substring) -> String? {
        let bytes = Array(name.utf8)
        var component: [UInt8] = []
        component.reserveCapacity(bytes.count + 4)
        for (index, byte) in bytes.enumerated() {
            if byte.isUpper {
                let previous = index > 0 ? bytes[index - 1] : UInt8(ascii: "_")
                let beginsWord = previous.isLowerOrDigit
                let endsAcronym = previous.isUpper && index + 1 < bytes.count && bytes[index + 1].isLower
                if beginsWord || endsAcronym { component.append(UInt8(ascii: "_")) }
                component.append(byte | 0x20)
            } else if byte.isLowerOrDigit || byte == UInt8(ascii: "_") {
                component.append(byte)
            } else {
                return nil
            }
        }
        guard !component.isEmpty, component.count <= longestComponent else { return nil }
        return String(decoding: component, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isUpper: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
    fileprivate var isLower: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
    fileprivate var isLowerOrDigit: Bool { isLower || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
