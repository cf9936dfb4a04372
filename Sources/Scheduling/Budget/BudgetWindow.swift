/// One of a budget's two rolling windows, and the limit that holds in it.
struct BudgetWindow: Sendable, Hashable {
    /// The configured limit, at least 1. A learned limit is at most this.
    private(set) var configured: Int
    /// The limit of one of the members whose limits add up to ``configured``.
    private var single: Int
    /// Lower than configured while the platform has shown that it takes less.
    private(set) var learned: Double
    var count: RollingCount

    /// - Parameters:
    ///   - members: The number of members that share the limit evenly.
    ///   - length: Milliseconds.
    init(limit: Int, members: Int, length: Int64, now: Int64) {
        configured = max(1, limit)
        single = max(1, limit / max(1, members))
        learned = Double(configured)
        count = RollingCount(window: length, now: now)
    }

    /// Takes another limit. What was learned holds below it.
    mutating func configure(limit: Int, members: Int) {
        let wasLowered = isLowered
        configured = max(1, limit)
        single = max(1, limit / max(1, members))
        learned = wasLowered ? min(learned, Double(configured)) : Double(configured)
    }

    /// Whether the platform has shown that it takes less than configured.
    var isLowered: Bool { learned < Double(configured) }

    /// The limit now in force.
    var limit: Int { max(1, Int(learned)) }

    /// The share of the limit that a kind of request may use.
    func limit(for use: Budget.Use) -> Int {
        use == .command ? limit : BudgetLimits.forPolls(limit)
    }

    /// Whether one more request fits, and where `rate` is above 0, that many a millisecond from now on.
    func hasRoom(for use: Budget.Use, keeping rate: Double, inFlight: Int, now: Int64) -> Bool {
        let limit = limit(for: use)
        guard count.total + inFlight < limit else { return false }
        return rate <= 0 || count.steadyRate(limit: limit, added: inFlight + 1, now: now) >= rate
    }

    /// How full the window is: 1 at the limit that is in force or, where that is above a single member's, at this one.
    func fill(inFlight: Int) -> Double {
        Double(count.total + inFlight) / min(learned, Double(single))
    }

    /// Takes a lower limit: a tenth below what the platform had taken, but at most halved at once, because a single
    /// refusal may come from a hiccup or from another client; and never below a twentieth of the configured one. A sum of
    /// limits comes down to half of a single one at once: the platform counts the members together, as it seems.
    mutating func lower(inFlight: Int) {
        let taken = Double(count.total + inFlight) * 0.9
        let floor = max(1, Double(single) / 20)
        learned = max(floor, min(learned * 0.9, max(taken, min(learned, Double(single)) / 2)))
    }

    /// The platform counts the members together, as it seems: all have what one of them has.
    mutating func countTogether() {
        learned = min(learned, Double(single))
    }

    /// Tries a tenth more.
    mutating func raise() {
        learned = min(Double(configured), learned * 1.1)
    }

    /// Tries a tenth more of a sum, up to what a single member has.
    ///
    /// - Returns: Whether it rose.
    mutating func raiseToSingle() -> Bool {
        guard learned < Double(single) else { return false }
        learned = min(Double(single), learned * 1.1)
        return true
    }

    /// Tries a tenth more than a single member has, where as much was asked.
    ///
    /// - Returns: Whether it rose.
    mutating func raiseAbove(inFlight: Int) -> Bool {
        guard isLowered, learned >= Double(single), Double(count.total + inFlight) >= 0.8 * learned else {
            return false
        }
        raise()
        return true
    }

    /// Whether it is half as much again as a single member has.
    var isFarAboveSingle: Bool { learned >= 1.5 * Double(single) }

    /// Goes on with the configured limit.
    mutating func forget() {
        learned = Double(configured)
    }

    /// Goes on with a limit learned before, as far as the configured one allows.
    mutating func restore(learned: Double) {
        guard learned.isFinite else { return }
        self.learned = min(Double(configured), max(1, learned))
    }
}
