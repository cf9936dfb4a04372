import KoreAI
import Testing
import Tracking

@testable import Archive

/// After a kill at any moment the store has exactly what was committed.
struct ArchiveKillTests {
    /// What commits that returned must have left behind.
    private struct Model {
        var trackers: [Target: TargetTracker] = [:]
        var runs: [Target: [EndedRun]] = [:]
        var values: [String: [UInt8]] = [:]

        mutating func committed(_ batch: Batch) {
            trackers.merge(batch.trackers) { $1 }
            values.merge(batch.values) { $1 }
            for entry in batch.runs {
                runs[entry.target, default: []].append(entry.run)
            }
        }
    }

    @Test(
        "what a commit returned from is there, what it threw for is not, and never a part of it",
        arguments: 1...4 as ClosedRange<UInt64>
    )
    func randomBatches(seed: UInt64) async throws {
        var numbers = LinearCongruentialGenerator(state: seed)
        let folder = try TemporaryFolder()
        let archive = try await Archive.open(folder)
        var stories = (1...30).map { Story(bot: $0) }
        var outbox = Outbox()
        var model = Model()
        var failures = 0
        for _ in 1...30 {
            for _ in 0..<Int.random(in: 1...20, using: &numbers) {
                let index = Int.random(in: stories.indices, using: &numbers)
                let ended = stories[index].poll(runs: Int.random(in: 0...3, using: &numbers))
                outbox.add(stories[index].tracker, ended: ended)
            }
            outbox.set([.random(in: 0...255, using: &numbers)], for: "value-\(Int.random(in: 1...3, using: &numbers))")
            let isTight = Bool.random(using: &numbers)
            try await archive.limit(morePages: isTight ? .random(in: 0...6, using: &numbers) : 1_000_000)
            let batch = try outbox.takeRequired()
            do throws(ArchiveError) {
                try await archive.commit(batch, now: Timestamp(milliseconds: 1_700_000_000_000))
                outbox.committed()
                model.committed(batch)
            } catch {
                #expect(error.reason == .full)
                outbox.failed()
                failures += 1
            }
            try await expect(folder.afterKill(), holds: model, of: stories)
        }
        #expect(failures > 0)
        #expect(failures < 28)
        try await archive.close()
        try await expect(folder, holds: model, of: stories)
    }

    private func expect(_ folder: TemporaryFolder, holds model: Model, of stories: [Story]) async throws {
        let archive = try await Archive.open(folder)
        let kept = try await archive.load(stories.map(\.target))
        try #require(kept.trackers == model.trackers)
        try #require(kept.values == model.values)
        for story in stories {
            let runs = try await archive.runs(of: story.target, limit: 10_000)
            try #require(runs == (model.runs[story.target] ?? []).reversed())
        }
        try await archive.close()
    }
}
