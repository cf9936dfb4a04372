extension SettingsReading {
    /// Reads the root and checks what no single key can tell. Worth nothing where there are complaints.
    mutating func settings(of root: YAMLValue) -> Settings {
        guard case .mapping(let mapping) = root.kind, !root.isForeign else {
            complain(
                at: root.mark,
                "the file must be a mapping with the keys \(Quotation.list(FileDraft.keys.map(\.name))), not \(root.kindWords)"
            )
            return Settings(credentials: [], bots: [])
        }
        var draft = FileDraft()
        read(withoutExtensions: mapping, into: &draft)

        let credentials = self.credentials(of: draft, root: root.mark)
        return Settings(
            credentials: credentials.settings,
            budgets: budgets(of: draft.budgets.value ?? BudgetDraft()),
            http: http(of: draft.http.value ?? HTTPDraft()),
            defaults: defaults(of: draft, credentials: credentials.names),
            bots: bots(of: draft, credentials: credentials.names, root: root.mark)
        )
    }
}
