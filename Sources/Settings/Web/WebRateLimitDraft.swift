/// The section `rate_limit`.
struct WebRateLimitDraft: SectionDraft {
    var interval: Given<Duration> = .absent
    var burst: Given<Int> = .absent

    static let section = "`rate_limit`"

    static let keys: [SettingKey<WebRateLimitDraft>] = [
        SettingKey(
            "interval",
            .goDuration,
            into: \.interval,
            default: "`0`, no limit",
            "One more request is allowed after each interval, such as `100ms`."
        ),
        SettingKey("burst", .integer(0...1_000_000), into: \.burst, "So many requests may come at once."),
    ]
}
