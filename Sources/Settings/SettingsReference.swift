/// The tables of keys as Markdown, for docs/configuration.md and docs/web-configuration.md.
package enum SettingsReference {
    /// The line before the tables in the document.
    package static let beginMarker =
        "<!-- The tables from here are written by the code: `UPDATE_DOCS=1 swift test --filter SettingsReference` -->"
    /// The line after the tables in the document.
    package static let endMarker = "<!-- Up to here. -->"

    /// A heading and a table for each section of the configuration file, without a newline at the end.
    package static func markdown() -> String {
        let inherited = Set(BotSettings.defaultsTable.keys.map(\.name))
        return [
            markdown("The file", Settings.table),
            markdown("`defaults`, and each bot and discovery", BotSettings.defaultsTable),
            markdown("`bots`", BotSettings.table, leavingOut: inherited),
            markdown("`discovery`", DiscoverySettings.table, leavingOut: inherited),
            markdown("`label_rules` of a discovery", DiscoverySettings.LabelRule.table),
            markdown("`canaries`", CanarySettings.table),
            markdown("`actions`", AlertActionSettings.table),
            markdown("`rules` of `actions`", AlertActionSettings.Rule.table),
            markdown("`credentials`", CredentialSettings.table),
            markdown("`budgets`", BudgetSettings.table),
            markdown("`http`", HTTPSettings.table),
        ].joined(separator: "\n\n")
    }

    /// A heading and a table for each section of the web configuration, without a newline at the end.
    package static func webMarkdown() -> String {
        [
            markdown("The file", WebSettings.table),
            markdown("`tls_server_config`", WebTLSSettings.table),
            markdown("`http_server_config`", WebHTTPSettings.table),
            markdown("`rate_limit`", WebRateLimit.table),
        ].joined(separator: "\n\n")
    }

    /// The document with new tables; `nil` if a marker is missing.
    package static func updated(_ document: String, tables: String = markdown()) -> String? {
        guard let begin = document.firstRange(of: beginMarker),
            let end = document[begin.upperBound...].firstRange(of: endMarker)
        else { return nil }
        return document[..<begin.upperBound] + "\n\n" + tables + "\n\n" + document[end.lowerBound...]
    }

    private static func markdown<Section>(
        _ heading: String,
        _ table: SettingsTable<Section>,
        leavingOut hidden: Set<String> = []
    ) -> String {
        var lines = ["### \(heading)", "", "| key | type | default | meaning |", "|---|---|---|---|"]
        for key in table.keys where !hidden.contains(key.name) {
            let cells = ["`\(key.name)`", key.type, key.defaultText(of: table), key.meaning].map {
                $0.replacing("|", with: "\\|")
            }
            lines.append("| " + cells.joined(separator: " | ") + " |")
        }
        return lines.joined(separator: "\n")
    }
}

extension SettingsReference {
    /// The keys of all sections of the configuration file, in the order in which complaints name the sections.
    static let sections: [SectionKeys] = [
        Settings.table.keyNames, BotSettings.defaultsTable.keyNames, CredentialSettings.table.keyNames,
        BudgetSettings.table.keyNames, HTTPSettings.table.keyNames, BotSettings.table.keyNames,
        DiscoverySettings.table.keyNames, DiscoverySettings.LabelRule.table.keyNames, CanarySettings.table.keyNames,
        AlertActionSettings.table.keyNames, AlertActionSettings.Rule.table.keyNames,
    ]

    /// The keys of all sections of the web configuration.
    static let webSections: [SectionKeys] = [
        WebSettings.table.keyNames, WebTLSSettings.table.keyNames, WebHTTPSettings.table.keyNames,
        WebRateLimit.table.keyNames,
    ]
}
