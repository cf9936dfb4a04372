import Actions
import Archive
import Polling
import Tracking

/// How long runs usually take: the middle of the last ones that the store tells of.
enum UsualTimes {
    private static let runs = 15

    /// - Parameter storage: The folder of the exporter's store; it may be in use, and need not be there.
    static func of(_ actions: [Action], storage: String) async -> [Target: Duration] {
        guard !storage.isEmpty else { return [:] }
        let targets = Set(actions.map(\.poll.target))
        return await Archive.lastDurations(at: storage, of: targets, limit: runs).compactMapValues { durations in
            let sorted = durations.sorted()
            return sorted.isEmpty ? nil : .milliseconds(sorted[sorted.count / 2])
        }
    }
}
