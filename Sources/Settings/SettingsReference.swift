/// The tables of keys as Markdown, for docs/configuration.md and docs/web-configuration.md.
package enum SettingsReference {
    /// Stands before the tables in the document.
    package static let beginMarker =
        "<!-- The tables from here are written by the code: `UPDATE_DOCS=1 swift test --filter SettingsReference` -->"
    /// Stands after the tables in the document.
    package static let endMarker = "<!-- Up to here. -->"

    /// A heading and a table for each section, without a newline at the end.
    package static func markdown() -> String {
        [
            table("The file", FileDraft.self),
            table("`defaults`, and each bot and discovery", WatchDraft.self),
            table("`bots`", BotDraft.self, leavingOut: Set(WatchDraft.keys.map(\.name))),
            table("`discovery`", DiscoveryDraft.self, leavingOut: Set(WatchDraft.keys.map(\.name))),
            table("`label_rules` of a discovery", LabelRuleDraft.self),
            table("`canaries`", CanaryDraft.self),
            table("`actions`", ActionsDraft.self),
            table("`rules` of `actions`", ActionRuleDraft.self),
            table("`credentials`", CredentialDraft.self),
            table("`budgets`", BudgetDraft.self),
            table("`http`", HTTPDraft.self),
        ].joined(separator: "\n\n")
    }

    /// The same for the web configuration.
    package static func webMarkdown() -> String {
        [
            table("The file", WebFileDraft.self),
            table("`tls_server_config`", WebTLSDraft.self),
            table("`http_server_config`", WebHTTPDraft.self),
            table("`rate_limit`", WebRateLimitDraft.self),
        ].joined(separator: "\n\n")
    }

    /// A document with its tables brought up to date; `nil` where the markers are missing.
    package static func updated(_ document: String, tables: String = markdown()) -> String? {
        guard let begin = document.firstRange(of: beginMarker),
            let end = document[begin.upperBound...].firstRange(of: endMarker)
        else { return nil }
        return document[..<begin.upperBound] + "\n\n" + tables + "\n\n" + document[end.lowerBound...]
    }

    private static func table<Draft: SectionDraft>(
        _ heading: String,
        _ section: Draft.Type,
        leavingOut hidden: Set<String> = []
    ) -> String {
        var lines = ["### \(heading)", "", "| key | type | default | meaning |", "|---|---|---|---|"]
        for key in Draft.keys where !hidden.contains(key.name) {
            let cells = ["`\(key.name)`", key.type, key.standard ?? "", key.meaning].map {
                $0.replacing("|", with: "\\|")
            }
            lines.append("| " + cells.joined(separator: " | ") + " |")
        }
        return lines.joined(separator: "\n")
    }
}

/// The tables of keys, in the order of the reference.
enum SettingsSections {
    /// A section and the names of its keys.
    struct Section: Sendable {
        let name: String
        let keys: [String]
    }

    static let all: [Section] = [
        section(FileDraft.self), section(WatchDraft.self), section(CredentialDraft.self), section(BudgetDraft.self),
        section(HTTPDraft.self), section(BotDraft.self), section(DiscoveryDraft.self), section(LabelRuleDraft.self),
        section(CanaryDraft.self), section(ActionsDraft.self), section(ActionRuleDraft.self),
    ]

    /// Those of the web configuration.
    static let web: [Section] = [
        section(WebFileDraft.self), section(WebTLSDraft.self), section(WebHTTPDraft.self),
        section(WebRateLimitDraft.self),
    ]

    private static func section<Draft: SectionDraft>(_ draft: Draft.Type) -> Section {
        Section(name: draft.section, keys: draft.keys.map(\.name))
    }
}
