import Testing

@testable import Scheduling

struct BudgetTests {
    /// The instants of all requests, and a straightforward count of them.
    private struct Reference {
        var instants: [Int64] = []

        /// The most requests in any closed window of the length.
        func most(in length: Int64) -> Int {
            let sorted = instants.sorted()
            var first = 0
            var most = 0
            for (last, instant) in sorted.enumerated() {
                while instant - sorted[first] > length { first += 1 }
                most = max(most, last - first + 1)
            }
            return most
        }
    }

    @Test(
        "whatever is asked for, and however long replies take, no minute and no hour sees more than the limit",
        arguments: 0..<12 as Range<UInt64>
    )
    func neverCrossed(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let limits = BudgetLimits(
            perMinute: .random(in: 1...80, using: &random),
            perHour: .random(in: 80...1800, using: &random)
        )
        var now = Int64.random(in: -100_000...1_000_000_000, using: &random)
        var budget = Budget(limits, now: now)
        var (all, polls) = (Reference(), Reference())
        var underWay: [Int64] = []
        var meanStep: Int64 = 100
        var vainChances = 0
        for step in 0..<5000 {
            if step.isMultiple(of: 150) { meanStep = [20, 100, 1000, 3000].randomElement(using: &random) ?? 100 }
            now += .random(in: 0...2 * meanStep, using: &random)
            if step.isMultiple(of: 1000) {
                // A restart: requests in flight are aborted before the budget is saved, so none arrives after that.
                for _ in underWay { budget.settle(now: now) }
                all.instants = all.instants.map { min($0, now) }
                polls.instants = polls.instants.map { min($0, now) }
                underWay = []
                let away = Int64.random(in: 0...200_000, using: &random)
                let saved = budget.saved(now: now)
                let origin = Int64.random(in: 0...1_000_000, using: &random)
                budget = Budget(limits, saved: saved, away: away, now: origin)
                let shift = now + away - origin
                all.instants = all.instants.map { $0 - shift }
                polls.instants = polls.instants.map { $0 - shift }
                now = origin
            }
            while let reply = underWay.first, reply <= now {
                underWay.removeFirst()
                budget.accept(now: now)
            }
            let use: Budget.Use =
                [.poll, .extraPoll(keepingInMinute: 0.0003, inHour: 0.0003), .command].randomElement(using: &random)
                ?? .poll
            if budget.take(use, now: now) {
                // The platform may see it at any time until the reply is here.
                let reply = max(underWay.last ?? now, now + .random(in: 0...5000, using: &random))
                let seen = [now, reply, .random(in: now...reply, using: &random)].randomElement(using: &random) ?? now
                all.instants.append(seen)
                if use != .command { polls.instants.append(seen) }
                underWay.append(reply)
            } else if budget.nextChance(for: use, now: now) <= now {
                vainChances += 1
            }
        }
        #expect(all.most(in: 60_000) <= limits.perMinute)
        #expect(all.most(in: 3_600_000) <= limits.perHour)
        #expect(polls.most(in: 60_000) <= BudgetLimits.forPolls(limits.perMinute))
        #expect(polls.most(in: 3_600_000) <= BudgetLimits.forPolls(limits.perHour))
        #expect(vainChances == 0)
    }

    @Test("almost all of a limit can be used: a slot of the window is lost, and the reserve")
    func isUsed() {
        var budget = Budget(BudgetLimits(), now: 0)
        var (polls, commands) = (0, 0)
        for now in stride(from: 0 as Int64, to: 36_000_000, by: 100) where budget.take(.poll, now: now) {
            budget.accept(now: now)
            polls += 1
        }
        #expect(polls >= 10 * 1620 * 60 / 61 && polls <= 10 * 1620 + 1620)
        for now in stride(from: 36_000_000 as Int64, to: 36_060_000, by: 100) where budget.take(.command, now: now) {
            budget.accept(now: now)
            commands += 1
        }
        #expect(commands >= 6)
    }

    @Test("polls leave the reserve to triggers and probes")
    func reserve() {
        var budget = Budget(BudgetLimits(), now: 0)
        var polls = 0
        while budget.take(.poll, now: 0) { polls += 1 }
        #expect(polls == 54)
        var commands = 0
        while budget.take(.command, now: 0) { commands += 1 }
        #expect(commands == 6)
        let left1 = budget.remaining(now: 0)
        #expect(left1 == (0, 1740))
    }

    @Test("the next chance is when the budget has room, no sooner and no later", arguments: 0..<20 as Range<UInt64>)
    func nextChance(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var budget = Budget(BudgetLimits(perMinute: 20, perHour: 100), now: 0)
        var now: Int64 = 0
        for _ in 0..<300 {
            now += .random(in: 0...20_000, using: &random)
            if budget.take(.poll, now: now) {
                budget.accept(now: now)
                continue
            }
            let chance = budget.nextChance(for: .poll, now: now)
            var before = budget
            let taken2 = before.take(.poll, now: chance - 1)
            #expect(!taken2)
            var then = budget
            let taken3 = then.take(.poll, now: chance)
            #expect(taken3)
        }
    }

    @Test("an extra poll leaves room for the regular ones of the coming hour")
    func extraPolls() {
        var budget = Budget(BudgetLimits(), now: 0)
        // 21 a minute, as 21 targets each minute ask for.
        let rate = 21.0 / 60_000
        var (now, extra, regular) = (Int64(0), 0, 0)
        for step in 0..<72_000 {
            now = Int64(step) * 100
            if step.isMultiple(of: 29) {
                let taken4 = budget.take(.poll, now: now)
                #expect(taken4, "a regular poll after \(now) ms")
                budget.accept(now: now)
                regular += 1
            }
            if budget.take(.extraPoll(keepingInMinute: rate, inHour: rate), now: now) {
                budget.accept(now: now)
                extra += 1
            }
        }
        #expect(extra > 400 && extra < 800)
    }

    @Test("when the platform refuses, the budget closes for as long as it is told to")
    func retryAfter() {
        var budget = Budget(BudgetLimits(), now: 0)
        let taken5 = budget.take(.poll, now: 0)
        #expect(taken5)
        budget.throttle(retryAfter: 30_000, now: 100)
        let taken6 = budget.take(.command, now: 30_099)
        #expect(!taken6)
        let left7 = budget.remaining(now: 30_099)
        #expect(left7 == (0, 0))
        let taken8 = budget.take(.poll, now: 30_100)
        #expect(taken8)
        // One request finds out for all.
        let taken9 = budget.take(.poll, now: 30_100)
        #expect(!taken9)
        budget.accept(now: 30_200)
        let taken10 = budget.take(.poll, now: 30_200)
        #expect(taken10)
    }

    @Test("without being told it waits 1 s, twice as long after each refusal, and at most a minute")
    func guesses() {
        var budget = Budget(BudgetLimits(perMinute: 10_000, perHour: 100_000), now: 0)
        var now: Int64 = 0
        for pause in [1, 2, 4, 8, 16, 32, 60, 60] as [Int64] {
            let taken11 = budget.take(.poll, now: now)
            #expect(taken11)
            budget.throttle(retryAfter: nil, now: now)
            let taken12 = budget.take(.poll, now: now + pause * 1000 - 1)
            #expect(!taken12)
            now += pause * 1000
        }
    }

    @Test("a platform that takes less teaches its limit, within a tenth, and has room again when its window has")
    func learns() {
        var budget = Budget(BudgetLimits(perMinute: 600, perHour: 36_000), now: 0)
        var platform: [Int64] = []
        var (refused, now) = (0, Int64(0))
        while now < 600_000 {
            now += 100
            guard budget.take(.poll, now: now) else { continue }
            platform.removeAll { $0 <= now - 60_000 }
            if platform.count < 100 {
                platform.append(now)
                budget.accept(now: now)
            } else {
                refused += 1
                budget.throttle(retryAfter: nil, now: now)
            }
        }
        #expect(budget.limitsInForce.minute <= 111 && budget.limitsInForce.minute >= 80)
        #expect(budget.limitsInForce.hour == 36_000)
        #expect(refused < 12)
    }

    @Test("refusals of requests that were in flight together teach once")
    func learnsOnce() {
        var budget = Budget(BudgetLimits(), now: 0)
        for _ in 0..<40 { _ = budget.take(.poll, now: 0) }
        let lowered13 = budget.throttle(retryAfter: nil, now: 10)
        #expect(lowered13)
        let learned = budget.limitsInForce.minute
        #expect(learned == 36)
        for _ in 0..<39 {
            let lowered14 = budget.throttle(retryAfter: nil, now: 11)
            #expect(!lowered14)
        }
        #expect(budget.limitsInForce.minute == learned)
    }

    @Test("what was learned wears off, a tenth each 10 minutes")
    func recovers() {
        var budget = Budget(BudgetLimits(), now: 0)
        for _ in 0..<40 { _ = budget.take(.poll, now: 0) }
        for _ in 0..<40 { budget.throttle(retryAfter: nil, now: 0) }
        #expect(budget.report(now: 600_000).minuteLimit == 39)
        let recovered = budget.report(now: 7_200_000)
        #expect((recovered.minuteLimit, recovered.hourLimit) == (60, 1800))
    }
}
