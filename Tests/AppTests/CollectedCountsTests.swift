import Exposition
import Polling
import Testing

@testable import App

struct CollectedCountsTests {
    @Test("counters and histograms go on from where they were kept")
    func goesOn() {
        let before = Registry()
        CounterVector(PollFamilies.requests, in: before).add(3, to: ["ml_status", "200"])
        let bounds = PollFamilies.requestDurationBounds
        HistogramVector(PollFamilies.requestDuration, bounds: bounds, in: before).observe(0.3, ["ml_status"])
        let stored = CollectedCounts(before).stored

        let after = Registry()
        CollectedCounts(stored: stored).restore(in: after)
        #expect(CollectedCounts(after) == CollectedCounts(before))
        CounterVector(PollFamilies.requests, in: after).add(to: ["ml_status", "200"])
        HistogramVector(PollFamilies.requestDuration, bounds: bounds, in: after).observe(0.4, ["ml_status"])
        #expect(after.samples(of: PollFamilies.requests).map(\.value) == [.count(4)])
        guard case .histogram(let durations)? = after.samples(of: PollFamilies.requestDuration).first?.value else {
            Issue.record("there is no histogram")
            return
        }
        #expect(durations.count == 2)
        #expect(durations.sum == 0.7)
    }

    @Test("what cannot be read counts as nothing", arguments: [nil, [], [123], Array("{}".utf8)] as [[UInt8]?])
    func unreadable(stored: [UInt8]?) {
        #expect(CollectedCounts(stored: stored) == CollectedCounts(Registry()))
    }
}
