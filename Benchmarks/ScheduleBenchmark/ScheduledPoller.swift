import HeapModule
import Scheduling

/// Plays a ``Day`` against the exporter's schedule.
struct ScheduledPoller {
    private struct Event: Comparable {
        var time: Int64
        var target: Int32
        /// Milliseconds that the reply takes, while the request is on its way; -1 once the reply is.
        var back: Int32
        var isActive = false
        var isRefused = false

        static func < (left: Event, right: Event) -> Bool {
            (left.time, left.target) < (right.time, right.target)
        }
    }

    private let counting: Counting
    private let start = ContinuousClock.now
    var schedule: Schedule
    private var referee: Referee
    private var random: SeededRandom
    private var events = Heap<Event>()
    /// The runs of each target that some reply has yet to show, as places in the day.
    private var runs: [[Day.Run]]
    private var shownStarts: [Int]
    private var shownEnds: [Int]
    private var lastReply: [Int64]
    private(set) var measured = Measured()
    private(set) var requests = 0
    /// Requests that were one too many.
    var crossings: Int { referee.crossings }

    init(day: Day, bots: Int, rhythm: Schedule.Rhythm, counting: Counting, seed: UInt64) {
        self.counting = counting
        let count = bots * Day.targetsPerBot
        let members = (0..<count).map { target in
            Schedule.Member(rhythm, budget: target / Day.targetsPerBot, bot: target / Day.targetsPerBot)
        }
        let limits = BudgetLimits(perMinute: Referee.perMinute, perHour: Referee.perHour)
        schedule = Schedule(
            members,
            budgets: Array(repeating: limits, count: bots),
            limitsOfTarget: counting.exporterCountsByTarget ? limits : nil,
            now: start,
            seed: seed
        )
        referee = Referee(keys: counting == .byTarget ? count : bots)
        random = SeededRandom(seed: seed ^ 0x5EED)
        runs = Array(repeating: [], count: count)
        for run in day.runs { runs[run.target].append(run) }
        shownStarts = Array(repeating: 0, count: count)
        shownEnds = Array(repeating: 0, count: count)
        lastReply = Array(repeating: 0, count: count)
    }

    mutating func run(until end: Int64) {
        var now: Int64 = 0
        while true {
            let due = schedule.nextDue.map { Int64((($0 - start) / .milliseconds(1)).rounded()) } ?? .max
            let next = events.min?.time ?? .max
            now = max(now, min(due, next))
            if now > end { break }
            if next <= due {
                handle(events.removeMin())
            } else {
                for poll in schedule.takeDue(now: start + .milliseconds(now), limit: .max) {
                    let (there, back) = Latency.draw(&random)
                    requests += 1
                    events.insert(Event(time: now + there, target: Int32(poll.target), back: Int32(back)))
                }
            }
        }
        for last in lastReply { measured.longestGap = max(measured.longestGap, end - last) }
    }

    private mutating func handle(_ event: Event) {
        let target = Int(event.target)
        guard event.back < 0 else {
            let isTaken = referee.arrive(counting.key(of: target), at: event.time)
            var reply = Event(time: event.time + Int64(event.back), target: event.target, back: -1)
            reply.isRefused = !isTaken && counting == .learned
            if !reply.isRefused { see(target, seen: event.time, shown: reply.time) }
            reply.isActive = shownStarts[target] > shownEnds[target]
            events.insert(reply)
            return
        }
        let outcome: Schedule.Outcome =
            event.isRefused ? .throttled(retryAfter: nil) : event.isActive ? .active : .quiet
        if !event.isRefused {
            measured.longestGap = max(measured.longestGap, event.time - lastReply[target])
            lastReply[target] = event.time
        }
        _ = schedule.finish(target, outcome, now: start + .milliseconds(event.time))
    }

    /// What a reply shows that the platform made at `seen`.
    private mutating func see(_ target: Int, seen: Int64, shown: Int64) {
        let all = runs[target]
        while shownStarts[target] < all.count, all[shownStarts[target]].start <= seen {
            measured.starts.append(shown - all[shownStarts[target]].start)
            shownStarts[target] += 1
        }
        while shownEnds[target] < all.count, all[shownEnds[target]].end <= seen {
            measured.completions.append(shown - all[shownEnds[target]].end)
            shownEnds[target] += 1
        }
    }
}
