/// One of a budget's two rolling windows, and the limit that holds in it.
struct BudgetWindow: Sendable, Hashable {
    /// As configured, at least 1. What was learned holds below it.
    var configured: Int {
        didSet { learned = learned < Double(oldValue) ? min(learned, Double(configured)) : Double(configured) }
    }
    /// Lower than configured while the platform has shown that it takes less.
    private(set) var learned: Double
    var count: RollingCount

    /// - Parameter length: Milliseconds.
    init(limit: Int, length: Int64, now: Int64) {
        configured = max(1, limit)
        learned = Double(configured)
        count = RollingCount(window: length, now: now)
    }

    /// The limit now in force.
    var limit: Int { max(1, Int(learned)) }

    /// What a kind of request may use of it.
    func limit(for use: Budget.Use) -> Int {
        use == .command ? limit : BudgetLimits.forPolls(limit)
    }

    /// Whether one more request fits, and so many a millisecond from now on where the rate is above 0.
    func hasRoom(for use: Budget.Use, keeping rate: Double, inFlight: Int, now: Int64) -> Bool {
        let limit = limit(for: use)
        guard count.total + inFlight < limit else { return false }
        return rate <= 0 || count.steadyRate(limit: limit, added: inFlight + 1, now: now) >= rate
    }

    /// How full the window was when the platform refused a request, from 0 to 1.
    func fill(inFlight: Int) -> Double {
        Double(count.total + inFlight) / learned
    }

    /// Takes a lower limit: a tenth below what the platform had taken, but at most halved at once, because a single
    /// refusal may come from a hiccup or from another client; and never below a twentieth of the configured one.
    mutating func lower(inFlight: Int) {
        let taken = Double(count.total + inFlight) * 0.9
        let floor = max(1, Double(configured) / 20)
        learned = max(floor, min(learned * 0.9, max(taken, learned / 2)))
    }

    /// Tries a tenth more.
    mutating func raise() {
        learned = min(Double(configured), learned * 1.1)
    }

    /// Goes on with a limit learned before, as far as the configured one allows.
    mutating func restore(learned: Double) {
        guard learned.isFinite else { return }
        self.learned = min(Double(configured), max(1, learned))
    }
}
