import KoreAI
import Model
import Testing

@testable import Tracking

/// Every arrow of the diagram of ``DriftTracker``.
///
/// A script is what replies say of one component, one every ten seconds: `t` in sync, `f` out of sync, `.` left out while
/// a training runs, `,` left out by a finished reply.
struct DriftTrackerTests {
    @Test(
        "a drift is counted when the component is seen to leave sync, and lasts until it is seen in sync",
        arguments: [
            // First seen true; true and absent in sync.
            ("t", 0, nil), ("tt", 0, nil), ("t.t", 0, nil), ("t...", 0, nil),
            // First seen false: it drifts, and nobody saw it begin.
            ("f", 0, 0), ("ff", 0, 0), (".f", 0, 10), ("f..", 0, 0),
            // In sync to drifting, also behind replies that leave the flag out.
            ("tf", 1, 10), ("t.f", 1, 20), ("tff", 1, 10), ("ttf.f", 1, 20), ("tf..", 1, 10),
            // Drifting to in sync.
            ("ft", 0, nil), ("tft", 1, nil), ("tf.t", 1, nil), ("tft.", 1, nil),
            // And around again.
            ("tftf", 2, 30), ("ftf", 1, 20), ("f.t.f", 1, 40), ("tf.t.f.t", 2, nil), ("tf.f.f", 1, 10),
        ] as [(String, UInt64, Int64?)]
    )
    func arrows(script: String, count: UInt64, since: Int64?) throws {
        let drift = try #require(tracker(script).drifts.first)
        #expect(drift.count == count)
        #expect(drift.since == since.map(Timestamp.at))
        #expect(drift.inSync == (since == nil))
        #expect(drift.isTold == (script.last?.isLetter == true))
    }

    @Test("a flag that no reply has had is not known")
    func never() {
        #expect(tracker("..").drifts.isEmpty)
    }

    @Test(
        "a flag that three finished replies in a row leave out is forgotten, and a new one when it comes back",
        arguments: [
            ("tf,,,", nil, nil), ("t,,,", nil, nil), ("tf,.,.,", nil, nil), ("tf,,,...", nil, nil),
            ("tf,,,f", 0, 50), ("tf,,,t", 0, nil), ("t,,,f", 0, 40), ("tf,,,tf", 1, 60),
        ] as [(String, UInt64?, Int64?)]
    )
    func forgotten(script: String, count: UInt64?, since: Int64?) {
        let drift = tracker(script).drifts.first
        #expect(drift?.count == count)
        #expect(drift?.since == since.map(Timestamp.at))
    }

    @Test("a flag that was forgotten out of sync and comes back true proves no run", arguments: ["", "F ", "F F "])
    func forgottenProof(absent: String) {
        #expect(PolledTraining(.ml, "Ff \(absent)Ft").counts.ended == 1)
        #expect(PolledTraining(.ml, "Ff F F F \(absent)Ft").counts.ended == 0)
    }

    @Test("components drift apart from one another, and stand in order whatever the order of the flags")
    func several() {
        var tracker = DriftTracker()
        tracker.observe(flags("traits+ patterns+ sentences-"), isFinished: true, at: .at(0))
        tracker.observe(flags("synonyms+ traits-"), isFinished: true, at: .at(10))
        tracker.observe(flags("entity_node- patterns- traits- synonyms+ zone+ a+"), isFinished: true, at: .at(20))
        let components = ["a", "entity_node", "patterns", "sentences", "synonyms", "traits", "zone"]
        #expect(tracker.drifts.map(\.component) == components)
        #expect(tracker.drifts.map(\.count) == [0, 0, 1, 0, 0, 1, 0])
        #expect(tracker.drifts.map(\.since) == [nil, .at(20), .at(20), .at(0), nil, .at(10), nil])
        #expect(tracker.drifts.map(\.isTold) == [true, true, true, false, true, true, true])
    }

    @Test("at most 32 components are followed: those that are known stay, and the others are told to have no place")
    func most() {
        let all = (10..<50).map { SyncFlag(component: "component_\($0)", inSync: true) }
        let first = Array(all.suffix(32))
        var tracker = DriftTracker()
        tracker.observe(first, isFinished: true, at: .at(0))
        #expect(tracker.withoutPlace(first).isEmpty)
        // The new ones come first by name.
        tracker.observe(all, isFinished: true, at: .at(10))
        #expect(tracker.drifts.map(\.component) == first.map(\.component))
        #expect(tracker.withoutPlace(all) == Array(all.prefix(8)))
        let drifting = all.map { SyncFlag(component: $0.component, inSync: false) }
        tracker.observe(drifting.reversed(), isFinished: true, at: .at(20))
        #expect(tracker.drifts.map(\.component) == first.map(\.component))
        #expect(tracker.drifts.allSatisfy { $0.count == 1 && $0.since == .at(20) })
    }

    @Test("the place of a flag that is forgotten is free for another one at once")
    func freedPlace() {
        let known = (0..<32).map { SyncFlag(component: "b_\($0 + 10)", inSync: false) }
        var told = Array(known.dropFirst())
        told.insert(SyncFlag(component: "a", inSync: true), at: 0)
        var tracker = DriftTracker()
        tracker.observe(known, isFinished: true, at: .at(0))
        for reply in 1...3 {
            #expect(!tracker.drifts.contains { $0.component == "a" })
            tracker.observe(told, isFinished: true, at: .at(Int64(reply)))
            #expect(tracker.withoutPlace(told).map(\.component) == (reply < 3 ? ["a"] : []))
        }
        #expect(tracker.drifts.map(\.component) == told.map(\.component))
    }

    @Test("what a training leaves out comes back as what it was, or as a drift", arguments: [true, false])
    func training(comesBack: Bool) {
        var tracker = TrainingTracker(engine: .ml)
        let replies: [(TrainingStatus, String)] = [
            (.finished, "patterns+ traits-"), (.inProgress, "traits-"), (.inProgress, "traits-"),
            (.finished, comesBack ? "patterns+ traits+" : "patterns- traits+"),
        ]
        for (position, (status, text)) in replies.enumerated() {
            let reply = MLTrainingReply(status: status, syncFlags: flags(text))
            _ = tracker.observe(reply, at: .at(Int64(position) * 10))
        }
        #expect(tracker.drifts.drifts.map(\.count) == [comesBack ? 0 : 1, 0])
        #expect(tracker.drifts.drifts.map(\.since) == [comesBack ? nil : .at(30), nil])
    }

    private func tracker(_ script: String) -> DriftTracker {
        var tracker = DriftTracker()
        for (position, letter) in script.enumerated() {
            let flags = letter.isLetter ? [SyncFlag(component: "traits", inSync: letter == "t")] : []
            tracker.observe(flags, isFinished: letter != ".", at: .at(Int64(position) * 10))
        }
        return tracker
    }

    /// `traits+` is in sync, `traits-` is not.
    private func flags(_ text: String) -> [SyncFlag] {
        text.split(separator: " ").map { SyncFlag(component: String($0.dropLast()), inSync: $0.last == "+") }
    }
}
