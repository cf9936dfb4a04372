import KoreAI
import Model
import TestSupport
import Testing

@testable import Tracking

struct StoredTrackerTests {
    static let targets: [Target] = [
        .training(bot: "banking", engine: .ml, language: "en", state: .published),
        .training(bot: "banking", engine: .faq, language: "de", state: .configured),
        .export(bot: "banking"),
        .publish(bot: "banking"),
    ]

    @Test("a tracker comes back from the store as it was, whatever it has seen", arguments: targets)
    func roundTrip(target: Target) throws {
        for seed in 1...20 as ClosedRange<UInt64> {
            var history = RandomHistory(target, seed: seed)
            var tracker = TargetTracker(target)
            #expect(try TargetTracker(target, stored: tracker.stored) == tracker)
            for poll in 1...200 {
                let reply = history.next()
                _ = tracker.observe(reply, at: history.now)
                if poll.isMultiple(of: 5) { tracker.started(id: "5d\(poll)") }
                if poll.isMultiple(of: 17) {
                    tracker.expire()
                }
                let restored = try TargetTracker(target, stored: tracker.stored)
                try #require(restored == tracker)
            }
        }
    }

    @Test("every optional field of a tracker is set at some time, so that the round trip tells of each")
    func everyField() {
        var fields = OptionalFields()
        for target in Self.targets {
            var history = RandomHistory(target, seed: 3)
            var tracker = TargetTracker(target)
            for poll in 0..<60 {
                _ = tracker.observe(history.next(), at: history.now)
                fields.note(tracker)
                if poll.isMultiple(of: 3) { tracker.started(id: "5d") }
                fields.note(tracker)
            }
        }
        // An export or a publish has neither such a time nor an id besides that of its identity.
        let never: Set = [
            ".knowledge.export.jobs.job.open.platformStart", ".knowledge.publish.jobs.job.open.platformStart",
            ".knowledge.export.jobs.job.open.id", ".knowledge.publish.jobs.job.open.id",
        ]
        #expect(fields.unset.subtracting(fields.set) == never)
        #expect(fields.set.contains(".knowledge.training.runs.open.platformStart"))
    }

    @Test("the download link is not in the stored form")
    func noSecrets() throws {
        var history = RandomHistory(.export(bot: "banking"), seed: 1)
        var tracker = TargetTracker(.export(bot: "banking"))
        for _ in 1...50 {
            _ = tracker.observe(history.next(), at: history.now)
            #expect(!String(decoding: tracker.stored, as: UTF8.self).contains("files.example.com"))
        }
    }

    @Test("one changed byte is noticed, wherever it is")
    func changedBytes() throws {
        let tracker = seasoned(Self.targets[0])
        let stored = tracker.stored
        for position in stored.indices {
            var changed = stored
            changed[position] ^= 0x10
            #expect(throws: StoredFormError.self) { try TargetTracker(tracker.target, stored: changed) }
        }
    }

    @Test("a form that is cut off anywhere is noticed")
    func cutOff() {
        let tracker = seasoned(Self.targets[0])
        for length in 0..<tracker.stored.count {
            #expect(throws: StoredFormError.self) {
                try TargetTracker(tracker.target, stored: Array(tracker.stored.prefix(length)))
            }
        }
    }

    @Test("the state of a training is not taken for that of an export")
    func wrongKind() {
        #expect(throws: StoredFormError("it is that of another kind of target")) {
            try TargetTracker(Self.targets[2], stored: seasoned(Self.targets[0]).stored)
        }
        #expect(throws: StoredFormError("it is that of another kind of target")) {
            try TargetTracker(Self.targets[0], stored: seasoned(Self.targets[2]).stored)
        }
    }

    @Test("a form of another version is refused by its number")
    func otherVersion() {
        var bytes = seasoned(Self.targets[0]).stored.dropLast(Checksum.length)
        bytes[0] = 9
        let checksum = Checksum.of(bytes)
        let stored = bytes + (0..<4).map { UInt8(truncatingIfNeeded: checksum >> (8 * $0)) }
        #expect(throws: StoredFormError("it is in form 9, and this version reads form 2")) {
            try TargetTracker(Self.targets[0], stored: Array(stored))
        }
    }

    @Test("noise under a good checksum is an error or a tracker that goes on without a trap", arguments: targets)
    func noise(target: Target) {
        var numbers = SplitMix64(seed: 7)
        let stored = seasoned(target).stored
        for seed in 1...3000 as ClosedRange<UInt64> {
            var bytes = Array(stored.dropLast(Checksum.length))
            for _ in 0..<Int.random(in: 1...8, using: &numbers) {
                bytes[Int.random(in: 1..<bytes.count, using: &numbers)] = .random(in: 0...255, using: &numbers)
            }
            let checksum = Checksum.of(bytes)
            bytes += (0..<4).map { UInt8(truncatingIfNeeded: checksum >> (8 * $0)) }
            guard var tracker = try? TargetTracker(target, stored: bytes) else { continue }
            var history = RandomHistory(target, seed: seed)
            for _ in 1...10 {
                _ = tracker.observe(history.next(), at: history.now)
            }
            _ = tracker.families()
        }
    }

    private func seasoned(_ target: Target) -> TargetTracker {
        var history = RandomHistory(target, seed: 5)
        var tracker = TargetTracker(target)
        for _ in 1...100 {
            _ = tracker.observe(history.next(), at: history.now)
        }
        return tracker
    }
}
