/// An entry of `bots`.
struct BotDraft: SectionDraft {
    var name: Given<String> = .absent
    var id: Given<String> = .absent
    var labels: Given<[String: String]> = .absent
    var watch = WatchDraft()

    static let section = "a bot"

    static let keys: [SettingKey<BotDraft>] =
        [
            SettingKey(
                "name",
                .name,
                into: \.name,
                "The `bot` label of every series: unique, at most 128 characters. Keep it when the bot is replaced or moved."
            ),
            SettingKey(
                "id",
                .botID,
                into: \.id,
                "The platform's id of the bot, `st-…`. Two bots with the same id and `base_url` are an error."
            ),
            SettingKey(
                "labels",
                .labels,
                into: \.labels,
                default: "none",
                "Labels of your own for `koreai_bot_info`, to join with: `{ team: cards }`. Not `bot`, `bot_id`, `base_url` or `__…`."
            ),
        ] + WatchDraft.keys.map { $0.lifted(\BotDraft.watch) }
}
