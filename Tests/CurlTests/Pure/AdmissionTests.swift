import Model
import TestSupport
import Testing

@testable import Curl

struct AdmissionTests {
    private let start = ContinuousClock.now
    private let one: Origin
    private let two: Origin

    init() throws {
        one = try #require(Origin(url: "http://one/"))
        two = try #require(Origin(url: "http://two/"))
    }

    private func all(_ admission: inout Admission) -> [Admission.ID] {
        var ids: [Admission.ID] = []
        while let id = admission.next() { ids.append(id) }
        return ids
    }

    @Test("One host gets no more than its places, in the order of arrival")
    func perOrigin() {
        var admission = Admission(limit: 10, limitPerOrigin: 2)
        for id in 1...5 { admission.arrive(Admission.ID(id), at: one, deadline: start) }
        #expect(all(&admission) == [1, 2])
        admission.leave(1)
        #expect(all(&admission) == [3])
        admission.leave(3)
        admission.leave(2)
        #expect(all(&admission) == [4, 5])
        #expect(admission.inFlight(to: one) == 2)
    }

    @Test("A full host does not hold up another")
    func noneHeldUp() {
        var admission = Admission(limit: 10, limitPerOrigin: 1)
        for id in 1...4 { admission.arrive(Admission.ID(id), at: one, deadline: start) }
        admission.arrive(5, at: two, deadline: start)
        #expect(all(&admission) == [1, 5])
    }

    @Test("Hosts take turns at the places of all")
    func turns() {
        var admission = Admission(limit: 1, limitPerOrigin: 1)
        for id in 1...3 { admission.arrive(Admission.ID(id), at: one, deadline: start) }
        for id in 4...6 { admission.arrive(Admission.ID(id), at: two, deadline: start) }
        var order: [Admission.ID] = []
        while let id = admission.next() {
            order.append(id)
            admission.leave(id)
        }
        #expect(order.prefix(4) == [1, 4, 2, 5])
        #expect(order.count == 6)
        #expect(admission.isEmpty)
        #expect(admission.inFlight == 0)
    }

    @Test("Who leaves while waiting is passed over")
    func leaveWhileWaiting() {
        var admission = Admission(limit: 1, limitPerOrigin: 1)
        for id in 1...3 { admission.arrive(Admission.ID(id), at: one, deadline: start) }
        #expect(all(&admission) == [1])
        admission.leave(2)
        admission.leave(2)
        admission.leave(99)
        #expect(all(&admission) == [])
        admission.leave(1)
        #expect(all(&admission) == [3])
        admission.leave(3)
        #expect(admission.isEmpty)
    }

    @Test("Deadlines are told once they have come, for the waiting too")
    func deadlines() {
        var admission = Admission(limit: 1, limitPerOrigin: 1)
        #expect(admission.nextDeadline == nil)
        admission.arrive(1, at: one, deadline: start + .seconds(2))
        admission.arrive(2, at: one, deadline: start + .seconds(1))
        #expect(all(&admission) == [1])
        #expect(admission.nextDeadline == start + .seconds(1))
        #expect(admission.expired(at: start) == [])
        #expect(admission.expired(at: start + .seconds(1)) == [2])
        admission.leave(2)
        #expect(admission.nextDeadline == start + .seconds(2))
        #expect(admission.expired(at: start + .seconds(3)) == [1])
        admission.leave(1)
        #expect(admission.nextDeadline == nil)
    }

    @Test("Limits below one count as one", arguments: [0, -1, .min])
    func leastLimits(limit: Int) {
        var admission = Admission(limit: limit, limitPerOrigin: limit)
        admission.arrive(1, at: one, deadline: start)
        admission.arrive(2, at: two, deadline: start)
        #expect(all(&admission) == [1])
    }

    @Test("Whatever comes and goes, nobody is lost and no limit is passed", arguments: 0..<20)
    func invariants(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var admission = Admission(limit: 5, limitPerOrigin: 2)
        let origins = try (0..<4).map { try #require(Origin(url: "http://host\($0)/")) }
        var waiting: Set<Admission.ID> = []
        var inFlight: [Admission.ID: Origin] = [:]
        for id in 1...400 as ClosedRange<Admission.ID> {
            let origin = origins[Int(random.next() % 4)]
            admission.arrive(id, at: origin, deadline: start)
            waiting.insert(id)
            if random.next() % 3 == 0, let gone = waiting.randomElement(using: &random) {
                admission.leave(gone)
                waiting.remove(gone)
            }
            if random.next() % 2 == 0, let done = inFlight.keys.sorted().randomElement(using: &random) {
                admission.leave(done)
                inFlight[done] = nil
            }
            while let next = admission.next() {
                let waited = waiting.remove(next)
                #expect(waited != nil)
                let its = origins.first { admission.inFlight(to: $0) != inFlight.values.count(of: $0) }
                #expect(its != nil)
                inFlight[next] = its
            }
            #expect(admission.inFlight == inFlight.count)
            #expect(inFlight.count <= 5)
            #expect(origins.allSatisfy { admission.inFlight(to: $0) <= 2 })
        }
        while let done = inFlight.keys.first {
            admission.leave(done)
            inFlight[done] = nil
            while let next = admission.next() {
                let waited = waiting.remove(next)
                #expect(waited != nil)
                inFlight[next] = origins[0]
            }
        }
        #expect(waiting.isEmpty)
        #expect(admission.isEmpty)
    }
}

extension Collection where Element: Equatable {
    fileprivate func count(of element: Element) -> Int {
        reduce(0) { $1 == element ? $0 + 1 : $0 }
    }
}
