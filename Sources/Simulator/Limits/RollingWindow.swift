/// How many things happened in the last so-and-so long.
struct RollingWindow: Sendable {
    /// Oldest first; those before `head` are over.
    private var times: [SimulatorTime] = []
    private var head = 0

    /// Forgets what is older than the window.
    ///
    /// - Returns: How many are left.
    mutating func count(within length: Duration, at now: SimulatorTime) -> Int {
        let start = now - length
        while head < times.count, times[head] <= start { head += 1 }
        if head > 64, head * 2 > times.count {
            times.removeFirst(head)
            head = 0
        }
        return times.count - head
    }

    /// How many times are kept, those that are over among them.
    var storedCount: Int { times.count }

    mutating func add(_ time: SimulatorTime) {
        times.append(time)
    }

    /// How long until at most `limit - 1` are left, if nothing is added.
    func wait(untilBelow limit: Int, within length: Duration, at now: SimulatorTime) -> Duration {
        let index = times.count - limit
        guard index >= head, times.indices.contains(index) else { return .zero }
        return max((times[index] + length).since(now), .zero)
    }
}
