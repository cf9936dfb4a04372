/// An entry of `label_rules`.
struct LabelRuleDraft: SectionDraft {
    var names: Given<[NamePattern]> = .absent
    var labels: Given<[String: String]> = .absent

    static let section = "a label rule"

    static let keys: [SettingKey<LabelRuleDraft>] = [
        SettingKey(
            "names",
            .patterns,
            into: \.names,
            "Patterns of the names of the bots that get the labels. Required."
        ),
        SettingKey("labels", .labels, into: \.labels, "Labels for `koreai_bot_info`, as on a bot. Required."),
    ]
}
