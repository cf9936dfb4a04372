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

    /// The names of the sections that have the key.
    static func homes(of key: String) -> [String] {
        all.filter { $0.keys.contains(key) }.map(\.name)
    }

    private static func section<Draft: SectionDraft>(_ draft: Draft.Type) -> Section {
        Section(name: draft.section, keys: draft.keys.map(\.name))
    }
}
