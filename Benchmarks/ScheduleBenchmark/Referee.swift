/// The platform's rate limits, exactly: the instants of the last 1,800 requests of each bot.
struct Referee {
    static let perMinute = 60
    static let perHour = 1800

    private var instants: [UInt32]
    private var counts: [Int]
    /// Requests that were one too many in some minute or hour.
    private(set) var crossings = 0

    init(bots: Int) {
        instants = Array(repeating: 0, count: bots * Self.perHour)
        counts = Array(repeating: 0, count: bots)
    }

    /// A request of a bot arrives. Times are milliseconds and never go back.
    mutating func arrive(bot: Int, at time: Int64) {
        let now = UInt32(truncatingIfNeeded: time)
        let count = counts[bot]
        if isWithin(60_000, requests: Self.perMinute, bot: bot, now: now)
            || isWithin(3_600_000, requests: Self.perHour, bot: bot, now: now)
        {
            crossings += 1
        }
        instants[bot * Self.perHour + count % Self.perHour] = now
        counts[bot] = count + 1
    }

    /// Whether so many earlier requests still lie in the window.
    private func isWithin(_ window: UInt32, requests: Int, bot: Int, now: UInt32) -> Bool {
        guard counts[bot] >= requests else { return false }
        let earlier = instants[bot * Self.perHour + (counts[bot] - requests) % Self.perHour]
        return now &- earlier < window
    }
}
