import Foundation
import KoreAI
import Model
import TestSupport
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
        var numbers = SplitMix64(seed: seed)
        let folder = TemporaryFolder()
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
            try await archive.limit(morePages: isTight ? .random(in: 0...1, using: &numbers) : 1_000_000)
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

    @Test("a commit that was cut off at any byte of what it writes is not there at all, and those before it are")
    func cutOff() async throws {
        let folder = TemporaryFolder()
        let archive = try await Archive.open(folder)
        var stories = (1...5).map { Story(bot: $0) }
        for index in stories.indices {
            try await archive.commit(of: &stories[index], runs: 2)
        }
        let before = stories[0]
        let start = try folder.size(of: "-wal")
        try await archive.commit(of: &stories[0], runs: 3)
        let end = try folder.size(of: "-wal")
        try #require(end - start > 1024)
        var cuts = Set(stride(from: start, through: end, by: 97))
        cuts.formUnion([start + 1, end - 1, end])
        for cut in cuts {
            let copy = try folder.afterKill()
            try copy.cut("-wal", to: cut)
            let survivor = try await Archive.open(copy)
            let expected = cut == end ? stories[0] : before
            let loaded = try await survivor.load(stories.map(\.target)).trackers
            try #require(loaded[expected.target] == expected.tracker, "\(cut) of \(start)...\(end)")
            try #require(loaded.count == stories.count)
            try #require(try await survivor.runs(of: expected.target, limit: 10).count == (cut == end ? 5 : 2))
            try await survivor.close()
        }
    }

    @Test("an exporter that is killed with SIGKILL, again and again, has all that was committed, once")
    func sigkill() async throws {
        let folder = TemporaryFolder()
        var rounds: [Int] = []
        for commits in [nil, 1, nil, 2, 3, 5, 8, 13] as [Int?] {
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [path = folder.path as String, commits = commits as Int?] in
                try await KilledExporter(path).run(commits: commits)
            }
            rounds.append(try await KilledExporter(folder.path).check())
        }
        #expect(rounds == rounds.sorted())
        #expect((rounds.last ?? 0) >= 32)
    }

    private func expect(_ folder: TemporaryFolder, holds model: Model, of stories: [Story]) async throws {
        let archive = try await Archive.open(folder)
        let loaded = try await archive.load(stories.map(\.target))
        try #require(loaded.trackers == model.trackers)
        try #require(loaded.values == model.values)
        for story in stories {
            let runs = try await archive.runs(of: story.target, limit: 10_000)
            try #require(runs == (model.runs[story.target] ?? []).reversed())
        }
        try await archive.close()
    }
}
