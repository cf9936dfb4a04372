import HeapModule

/// When each target is asked next.
///
/// Targets are numbered from 0. The first polls are spread out, so that a start is not a burst; after that each target
/// keeps its own rhythm: an interval is counted from when a poll was due, not from when its reply came, and varied by
/// up to 5% so that targets do not fall into step. A target is not due again before its poll has ended.
///
/// A value: it takes the time as an argument and returns what to do.
package struct Schedule: Sendable {
    package typealias Instant = ContinuousClock.Instant

    /// The intervals of a target.
    package struct Rhythm: Sendable, Hashable {
        /// Between two polls of a quiet target.
        package var quiet: Duration
        /// Between two polls of a target that is training or exporting.
        package var active: Duration

        package init(quiet: Duration, active: Duration) {
            self.quiet = quiet
            self.active = active
        }
    }

    private struct Due: Comparable {
        let instant: Instant
        let target: Int

        static func < (left: Due, right: Due) -> Bool {
            (left.instant, left.target) < (right.instant, right.target)
        }
    }

    /// First polls are never asked for faster than this, each second.
    static let firstPollsPerSecond = 250
    static let shortestSpread = Duration.seconds(2)
    static let jitter = 0.05

    private var rhythms: [Rhythm]
    private var dueAt: [Instant]
    private var wasPolled: [Bool]
    private var heap: Heap<Due>
    private var random: SplitMix64
    /// Targets that are being asked now.
    package private(set) var inFlight = 0

    /// - Parameters:
    ///   - now: All first polls are due within the spread after this.
    ///   - seed: The same seed gives the same schedule.
    package init(_ rhythms: [Rhythm], now: Instant, seed: UInt64) {
        self.rhythms = rhythms
        random = SplitMix64(seed: seed)
        let spread = max(Self.shortestSpread, .seconds(1) * rhythms.count / Self.firstPollsPerSecond)
        dueAt = []
        wasPolled = Array(repeating: false, count: rhythms.count)
        for rhythm in rhythms {
            dueAt.append(now + min(spread, rhythm.quiet) * Double.random(in: 0..<1, using: &random))
        }
        heap = Heap(dueAt.enumerated().map { Due(instant: $0.element, target: $0.offset) })
    }

    /// When the next target is due; `nil` while none waits.
    package var nextDue: Instant? {
        heap.min?.instant
    }

    /// Takes the targets that are due, the longest due first, as long as not more than `limit` are in flight.
    package mutating func takeDue(now: Instant, limit: Int) -> [Int] {
        var taken: [Int] = []
        while inFlight < limit, let next = heap.min, next.instant <= now {
            heap.removeMin()
            taken.append(next.target)
            inFlight += 1
        }
        return taken
    }

    /// A poll has ended: puts the target back, and returns the interval that is now in force.
    package mutating func finish(_ target: Int, now: Instant, isActive: Bool) -> Duration {
        inFlight -= 1
        let rhythm = rhythms[target]
        let interval = isActive ? rhythm.active : rhythm.quiet
        var next = dueAt[target] + interval * Double.random(in: 1 - Self.jitter...1 + Self.jitter, using: &random)
        if !wasPolled[target] {
            // The first polls came close together; their second ones spread over the whole interval.
            wasPolled[target] = true
            next = now + interval * Double.random(in: 0.5...1, using: &random)
        } else if next <= now {
            // What was missed is not made up for: that would only add to whatever made it late.
            next = now + interval * Double.random(in: 0.5...1, using: &random)
        }
        dueAt[target] = next
        heap.insert(Due(instant: next, target: target))
        return interval
    }
}
