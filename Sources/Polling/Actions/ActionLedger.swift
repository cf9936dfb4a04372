import FoundationEssentials
package import Model

/// When the exporter started each action by itself, so that limits hold over restarts.
///
/// A value: it takes the time as an argument.
package struct ActionLedger: Sendable, Hashable {
    /// A kind of action on one bot and language: what limits are kept for.
    package struct Key: Sendable, Hashable, Codable {
        /// The `action` label of `koreai_actions_total`.
        package var action: String
        package var bot: String
        /// Empty for an export.
        package var language: String

        package init(action: String, bot: String, language: String = "") {
            self.action = action
            self.bot = bot
            self.language = language
        }
    }

    /// Limits count the starts of the last 24 hours, in milliseconds. A clock that was set back makes them too many at most.
    private static let day: Int64 = 86_400_000
    /// Starts are remembered for longer than any interval and cool-down may be, in milliseconds.
    private static let memory = 31 * day
    private static let mostKept = 1000
    private static let mostOccurrences = 10_000

    /// Times in milliseconds since 1970, in ascending order.
    private(set) var starts: [Key: [Int64]] = [:]
    /// The alerts that were dealt with once and for all, by ``AlertNotification/Alert/occurrence``, and when: in
    /// milliseconds since 1970.
    private(set) var occurrences: [String: Int64] = [:]

    package init() {}

    init(starts: [Key: [Int64]], occurrences: [String: Int64]) {
        self.starts = starts
        self.occurrences = occurrences
    }

    package func last(_ key: Key) -> Timestamp? {
        starts[key]?.last.map { Timestamp(milliseconds: $0) }
    }

    /// Starts in the 24 hours before `now`.
    package func count(_ key: Key, now: Timestamp) -> Int {
        (starts[key] ?? []).count { now.milliseconds - $0 < Self.day }
    }

    /// Starts of all actions on a bot in the 24 hours before `now`.
    package func count(ofBot bot: String, now: Timestamp) -> Int {
        starts.keys.filter { $0.bot == bot }.reduce(0) { $0 + count($1, now: now) }
    }

    package func has(_ occurrence: String) -> Bool {
        occurrences[occurrence] != nil
    }

    package mutating func note(_ key: Key, at now: Timestamp) {
        let times = (starts[key] ?? []) + [now.milliseconds]
        // The last one stays, however old it is: the interval is counted from it.
        starts[key] = times.suffix(Self.mostKept).filter { now.milliseconds - $0 < Self.day || $0 == times.last }
    }

    package mutating func note(occurrence: String, at now: Timestamp) {
        occurrences[occurrence] = now.milliseconds
        if occurrences.count > Self.mostOccurrences, let oldest = occurrences.min(by: { $0.value < $1.value }) {
            occurrences[oldest.key] = nil
        }
    }

    package mutating func forget(occurrence: String) {
        occurrences[occurrence] = nil
    }

    /// Forgets what is too old to matter.
    package mutating func forgetOld(now: Timestamp) {
        starts = starts.filter { $0.value.contains { now.milliseconds - $0 < Self.memory } }
        occurrences = occurrences.filter { now.milliseconds - $0.value < Self.memory }
    }
}

extension ActionLedger {
    private struct Form: Codable {
        struct Entry: Codable {
            var key: Key
            var starts: [Int64]
        }

        var entries: [Entry]
        var occurrences: [String: Int64]
    }

    /// - Throws: An error of the decoder, where the bytes are not of the form ``stored``.
    package init(stored: [UInt8]) throws {
        let form = try JSONDecoder().decode(Form.self, from: Data(stored))
        self.init(
            starts: Dictionary(form.entries.map { ($0.key, $0.starts.sorted()) }) { first, _ in first },
            occurrences: form.occurrences
        )
    }

    package var stored: [UInt8] {
        let entries = starts.map { Form.Entry(key: $0.key, starts: $0.value) }
        let form = Form(entries: entries, occurrences: occurrences)
        return (try? JSONEncoder().encode(form)).map { [UInt8]($0) } ?? []
    }
}
