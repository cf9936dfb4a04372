import Testing

@testable import Simulator

struct AgendaTests {
    @Test("Things come out by time, those of one moment in the order they went in")
    func ordersByTime() {
        var random = BotRandom(seed: 7, name: "agenda")
        let times = (0..<500).map { _ in Int64.random(in: 0..<50, using: &random) }
        var agenda = Agenda<Int>()
        for (index, time) in times.enumerated() { agenda.add(index, at: SimulatorTime(milliseconds: time)) }
        var order: [Int] = []
        while let (_, item) = agenda.next(dueBy: SimulatorTime(milliseconds: 50)) { order.append(item) }
        #expect(order == times.indices.sorted { (times[$0], $0) < (times[$1], $1) })
    }

    @Test("What is due later stays")
    func keepsWhatIsNotDue() {
        var agenda = Agenda<String>()
        agenda.add("later", at: SimulatorTime(milliseconds: 11))
        agenda.add("now", at: SimulatorTime(milliseconds: 10))
        let now = SimulatorTime(milliseconds: 10)
        #expect(agenda.next(dueBy: now)?.item == "now")
        #expect(agenda.next(dueBy: now) == nil)
        #expect(agenda.nextTime == SimulatorTime(milliseconds: 11))
        #expect(agenda.count == 1)
    }

    @Test("A lot of the same seed and name draws the same, another name something else")
    func lotsRepeat() {
        var (first, again, other) = (
            BotRandom(seed: 1, name: "a"), BotRandom(seed: 1, name: "a"), BotRandom(seed: 1, name: "b")
        )
        let takes = Scenario.Takes.logNormal(median: .seconds(180), sigma: 0.5)
        let draws = (0..<20).map { _ in first.draw(takes) }
        #expect((0..<20).map { _ in again.draw(takes) } == draws)
        #expect((0..<20).map { _ in other.draw(takes) } != draws)
    }

    @Test("Log-normal draws lie around their median, with the spread that was asked for")
    func drawsLogNormally() {
        var random = BotRandom(seed: 3, name: "spread")
        let takes = Scenario.Takes.logNormal(median: .seconds(100), sigma: 0.5)
        let draws = (0..<2000).map { _ in random.draw(takes).clampedMilliseconds }.sorted()
        #expect((95_000...105_000).contains(draws[1000]))
        // 84.1 % of them lie below the median times e to the sigma: 164.9 s.
        #expect((155_000...175_000).contains(draws[1682]))
    }

    @Test("Identifiers have the platform's shapes")
    func shapesIdentifiers() {
        var random = BotRandom(seed: 1, name: "ids")
        #expect(random.hexadecimal(24).wholeMatch(of: /[0-9a-f]{24}/) != nil)
        #expect(random.uuid().wholeMatch(of: /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/) != nil)
    }
}
