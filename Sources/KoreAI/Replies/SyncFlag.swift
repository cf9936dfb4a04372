/// Whether the model was trained with a component as it is now.
package struct SyncFlag: Sendable, Hashable {
    /// `isMlInSyncWith…` without its prefix, in snake case: the `component` label.
    package var component: String
    package var inSync: Bool

    package init(component: String, inSync: Bool) {
        self.component = component
        self.inSync = inSync
    }
}

extension SyncFlag {
    /// The prefix of every flag's key.
    package static let keyPrefix = "isMlInSyncWith"

    /// The part of a flag's key after the prefix; `nil` for the key of another field.
    static func name(inKey key: String) -> Substring? {
        let bytes = key.utf8
        guard bytes.starts(with: keyPrefix.utf8) else { return nil }
        return Substring(bytes.dropFirst(keyPrefix.utf8.count))
    }

    /// The component that a flag is about, such as `ub_training` for `UBTraining`; `nil` where it cannot be a label.
    static func component(ofName name: Substring) -> String? {
        SnakeCase.text(of: name)
    }
}

/// Names of the platform as values of labels.
enum SnakeCase {
    private static let longest = 64

    /// A name in snake case with acronyms kept together: `UBTraining` is `ub_training`.
    ///
    /// - Returns: `nil` where the name cannot be a label: other characters than ASCII letters, digits and `_`, none,
    ///   or too many.
    static func text(of name: Substring) -> String? {
        let bytes = Array(name.utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + 4)
        for (index, byte) in bytes.enumerated() {
            if byte.isUpper {
                let previous = index > 0 ? bytes[index - 1] : UInt8(ascii: "_")
                let beginsWord = previous.isLowerOrDigit
                let endsAcronym = previous.isUpper && index + 1 < bytes.count && bytes[index + 1].isLower
                if beginsWord || endsAcronym { text.append(UInt8(ascii: "_")) }
                text.append(byte | 0x20)
            } else if byte.isLowerOrDigit || byte == UInt8(ascii: "_") {
                text.append(byte)
            } else {
                return nil
            }
        }
        guard !text.isEmpty, text.count <= longest else { return nil }
        return String(decoding: text, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isUpper: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
    fileprivate var isLower: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
    fileprivate var isLowerOrDigit: Bool { isLower || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}

/// Gathers the sync flags of one reply, whatever their names are.
struct SyncFlagReader {
    private var found: [String: Bool] = [:]

    /// - Parameter name: The key without its prefix.
    mutating func read(_ name: Substring, from reader: inout ReplyReader) throws(JSONSyntaxError) {
        guard let inSync = try reader.truth(SyncFlag.keyPrefix) else { return }
        guard let component = SyncFlag.component(ofName: name) else {
            reader.report(SyncFlag.keyPrefix, SyncFlag.keyPrefix + name)
            return
        }
        guard let earlier = found.updateValue(inSync, forKey: component), earlier != inSync else { return }
        // Two keys can give one component (`SmallTalk` and `smallTalk`). Drift is what must not be overlooked.
        found[component] = false
        reader.report(SyncFlag.keyPrefix, "true and false for \(component)")
    }

    /// The flags by component, however many there are.
    var flags: [SyncFlag] {
        found.map { SyncFlag(component: $0.key, inSync: $0.value) }.sorted { $0.component < $1.component }
    }
}
