package import KoreAI

/// The `bot` label of a bot that the platform's list names.
package enum BotName {
    private static let longest = 128

    /// The platform's name, made fit to be a label: without control characters, and with the id behind it where another
    /// bot has the same name.
    package static func label(for bot: BotPage.Bot, taken: inout Set<String>) -> String {
        let printable = bot.name.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) }
        let words = String(printable).split(separator: " ").joined(separator: " ")
        var name = words.isEmpty ? bot.id : String(String.UnicodeScalarView(words.unicodeScalars.prefix(longest)))
        if taken.contains(name) {
            let suffix = " (\(bot.id))"
            name =
                String(
                    String.UnicodeScalarView(name.unicodeScalars.prefix(max(0, longest - suffix.unicodeScalars.count)))
                ) + suffix
        }
        taken.insert(name)
        return name
    }
}
