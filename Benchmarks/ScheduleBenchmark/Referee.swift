/// The platform's rate limits, exactly: the instants of the last requests of each that it counts together.
struct Referee {
    static let perMinute = 60
    static let perHour = 1800

    private var instants: [[UInt32]]
    /// Requests that were one too many in some minute or hour.
    private(set) var crossings = 0

    /// - Parameter keys: How many things it counts by.
    init(keys: Int) {
        instants = Array(repeating: [], count: keys)
    }

    /// A request arrives. Times are milliseconds and never go back. One that is too many is not counted with the others.
    ///
    /// - Returns: Whether it is taken.
    mutating func arrive(_ key: Int, at time: Int64) -> Bool {
        let now = UInt32(truncatingIfNeeded: time)
        if isWithin(60_000, requests: Self.perMinute, key, now: now)
            || isWithin(3_600_000, requests: Self.perHour, key, now: now)
        {
            crossings += 1
            return false
        }
        if instants[key].count >= 2 * Self.perHour { instants[key].removeFirst(Self.perHour) }
        instants[key].append(now)
        return true
    }

    /// Whether so many earlier requests still lie in the window.
    private func isWithin(_ window: UInt32, requests: Int, _ key: Int, now: UInt32) -> Bool {
        let count = instants[key].count
        guard count >= requests else { return false }
        return now &- instants[key][count - requests] < window
    }
}
