package import KoreAI
import Model
import Polling

/// Writes the bots that a credential sees, as a configuration or as JSON.
package struct ListedBots {
    let bots: [BotPage.Bot]
    let credential: String
    let baseURL: String
    /// Whether each bot has to name its credential.
    let namesCredential: Bool
    /// Whether each bot has to name its base URL, which differs from the configuration's default.
    let namesBaseURL: Bool

    package init(
        bots: [BotPage.Bot],
        credential: String,
        baseURL: String,
        namesCredential: Bool,
        namesBaseURL: Bool
    ) {
        self.bots = bots
        self.credential = credential
        self.baseURL = baseURL
        self.namesCredential = namesCredential
        self.namesBaseURL = namesBaseURL
    }

    /// The section `bots:`, ordered by name. Values are quoted as JSON strings, which YAML reads alike.
    package var yaml: String {
        var lines = ["bots: # \(bots.count) that the credential \(JSONString.quoted(credential)) sees"]
        if bots.isEmpty { lines[0] = "bots: [] # the credential \(JSONString.quoted(credential)) sees none" }
        for (name, bot) in named {
            lines.append("  - name: \(JSONString.quoted(name))")
            lines.append("    id: \(JSONString.quoted(bot.id))")
            if let language = bot.defaultLanguage, !language.isEmpty {
                lines.append("    languages: [\(JSONString.quoted(language))] # its default language")
            }
            if namesCredential { lines.append("    credential: \(JSONString.quoted(credential))") }
            if namesBaseURL { lines.append("    base_url: \(JSONString.quoted(baseURL))") }
            if bot.isPublished == false { lines.append("    states: [configured] # not published") }
        }
        return lines.joined(separator: "\n")
    }

    /// One JSON object for each bot.
    package var json: [String] {
        named.map { name, bot in
            let members = [
                "name": name, "id": bot.id, "status": bot.status, "default_language": bot.defaultLanguage,
                "type": bot.type, "credential": credential, "base_url": baseURL,
            ].compactMapValues(\.self)
            return "{"
                + members.sorted { $0.key < $1.key }
                .map { "\(JSONString.quoted($0.key)):\(JSONString.quoted($0.value))" }.joined(separator: ",") + "}"
        }
    }

    private var named: [(name: String, bot: BotPage.Bot)] {
        var taken: Set<String> = []
        return bots.sorted { ($0.name, $0.id) < ($1.name, $1.id) }.map { (BotName.label(for: $0, taken: &taken), $0) }
    }
}
