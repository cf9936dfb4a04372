/// Gathers the sync flags of one reply, whatever their names are.
struct SyncFlagReader {
    /// As many as the metrics contract lets a target have.
    static let mostFlags = 32

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

    /// The flags by component; what is beyond the most that there may be is one report.
    func flags(reportingTo reader: inout ReplyReader) -> [SyncFlag] {
        let sorted = found.map { SyncFlag(component: $0.key, inSync: $0.value) }.sorted { $0.component < $1.component }
        if sorted.count > Self.mostFlags {
            reader.report(SyncFlag.keyPrefix, "\(sorted.count) flags, \(sorted.count - Self.mostFlags) too many")
        }
        return Array(sorted.prefix(Self.mostFlags))
    }
}
