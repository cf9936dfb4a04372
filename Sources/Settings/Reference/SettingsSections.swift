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
