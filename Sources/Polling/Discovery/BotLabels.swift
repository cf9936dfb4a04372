package import KoreAI
import Model

/// The `bot` labels of bots that were found. Each bot gets one when it is first watched and keeps it, so that its series go
/// on when a namesake comes or goes, and when the platform's name of it changes.
///
/// Bots are told apart by base URL, in its canonical form, and id.
struct BotLabels: Sendable, Hashable {
    private(set) var labels: [BotAddress: String] = [:]
    private var owners: [String: BotAddress] = [:]

    init() {}

    /// - Parameter labels: The label of each bot. Where two bots have the same label, one of them gets another label.
    init(_ labels: [BotAddress: String]) {
        self.labels = labels
        owners = Dictionary(labels.map { ($0.value, $0.key) }) { Self.isBefore($0, $1) ? $0 : $1 }
    }

    /// The bot's label. It is another than before only where a bot that is configured has that name now.
    ///
    /// - Parameter configured: The names of bots in the configuration, which nothing that is found takes.
    mutating func label(of bot: BotAddress, name: String, configured: Set<String>) -> String {
        if let label = labels[bot], owners[label] == bot, !configured.contains(label) { return label }
        forget(bot)
        let label = BotName.label(name: name, id: bot.id) { configured.contains($0) || owners[$0] != nil }
        labels[bot] = label
        owners[label] = bot
        return label
    }

    /// Forgets the labels of bots that are not known any more.
    mutating func keepOnly(_ isKnown: (BotAddress) -> Bool) {
        for bot in labels.keys where !isKnown(bot) { forget(bot) }
    }

    private mutating func forget(_ bot: BotAddress) {
        guard let label = labels.removeValue(forKey: bot), owners[label] == bot else { return }
        owners[label] = nil
    }

    private static func isBefore(_ one: BotAddress, _ other: BotAddress) -> Bool {
        (one.baseURL, one.id) < (other.baseURL, other.id)
    }
}

/// The `bot` label of a bot that the platform's list names.
package enum BotName {
    private static let longest = 128

    /// The platform's name, made fit to be a label: without control characters, and with the id behind it where another
    /// bot has the same name.
    ///
    /// - Parameter taken: The labels of others; this one is among them after.
    package static func label(for bot: BotPage.Bot, taken: inout Set<String>) -> String {
        let label = label(name: bot.name, id: bot.id) { taken.contains($0) }
        taken.insert(label)
        return label
    }

    static func label(name: String, id: String, isTaken: (String) -> Bool) -> String {
        let printable = name.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) }
        let words = String(printable).split(separator: " ").joined(separator: " ")
        let plain = words.isEmpty ? id : String(String.UnicodeScalarView(words.unicodeScalars.prefix(longest)))
        guard isTaken(plain) else { return plain }
        // The same bot of two installations has the same id, too.
        var suffix = " (\(id))"
        var number = 2
        while isTaken(suffixed(plain, suffix)) {
            suffix = " (\(id), \(number))"
            number += 1
        }
        return suffixed(plain, suffix)
    }

    private static func suffixed(_ name: String, _ suffix: String) -> String {
        let room = max(0, longest - suffix.unicodeScalars.count)
        return String(String.UnicodeScalarView(name.unicodeScalars.prefix(room))) + suffix
    }
}
