import Foundation
import KoreAI
import Model
import TestSupport
import Testing
import Tracking

@testable import Archive

struct ArchiveTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = TemporaryFolder()
    }

    @Test("what was committed is there after the store was closed and opened again")
    func reopening() async throws {
        var story = Story(bot: 1)
        var outbox = Outbox()
        let ended = story.poll(runs: 3)
        outbox.add(story.tracker, ended: ended)
        outbox.set([7, 0, 255], for: "budget/one")
        let archive = try await Archive.open(folder)
        #expect(try await archive.load([story.target]).trackers.isEmpty)
        try await archive.commit(try outbox.takeRequired(), now: story.now.wall)
        try await archive.close()

        let again = try await Archive.open(folder)
        let loaded = try await again.load([story.target])
        #expect(loaded.trackers == [story.target: story.tracker])
        #expect(loaded.values == ["budget/one": [7, 0, 255]])
        #expect(try await again.runs(of: story.target, limit: 10) == ended.reversed())
        #expect(try await again.runs(of: story.target, limit: 1) == ended.suffix(1))
        #expect(try await again.runs(of: story.target, limit: 0).isEmpty)
        #expect(try await again.runs(of: .export(bot: "bot-1"), limit: 10).isEmpty)
    }

    @Test("the runs of a bot's targets come together, the latest first, and none of another bot's")
    func history() async throws {
        var trainings = [BotState.published, .configured].map {
            Story(.training(bot: "a", engine: .ml, language: "en", state: $0))
        }
        var other = Story(bot: 1)
        let archive = try await Archive.open(folder)
        try await archive.commit(of: &trainings[0], runs: 1)
        try await archive.commit(of: &other, runs: 1)
        _ = trainings[1].poll()
        try await archive.commit(of: &trainings[1], runs: 2)
        let entries = try await archive.runs(ofBot: "a", limit: 10)
        #expect(entries.map(\.target) == [trainings[1].target, trainings[1].target, trainings[0].target])
        #expect(entries.map(\.run.end) == entries.map(\.run.end).sorted(by: >))
        #expect(try await archive.runs(ofBot: "a", limit: 2).count == 2)
        #expect(try await archive.runs(ofBot: "nobody", limit: 2).isEmpty)
    }

    @Test("a run's id and reason are kept with it")
    func reasons() async throws {
        let target = Target.export(bot: "a")
        var tracker = TargetTracker(target)
        func moment(_ second: Int64) -> ClockReading {
            ClockReading(wall: Timestamp(milliseconds: second * 1000), uptime: second * 1000, boot: 1)
        }
        _ = tracker.observe(.mlExport(MLExportReply(status: .inProgress, id: "ds-0001")), at: moment(1))
        let failed = MLExportReply(status: .failed, id: "ds-0001", reason: "Zip: FAILED")
        let ended = tracker.observe(.mlExport(failed), at: moment(2))
        var outbox = Outbox()
        outbox.add(tracker, ended: ended)
        let archive = try await Archive.open(folder)
        try await archive.commit(try outbox.takeRequired(), now: Timestamp(milliseconds: 3000))
        try await archive.close()

        let again = try await Archive.open(folder)
        let runs = try await again.runs(ofBot: "a", limit: 5)
        #expect(runs == [HistoryEntry(target: target, run: try #require(ended.first))])
        #expect(runs.first?.run.id == "ds-0001")
        #expect(runs.first?.run.reason == "Zip: FAILED")
        #expect(try await again.runs(of: target, limit: 5) == ended)
        #expect(try await again.load([target]).trackers[target] == tracker)
    }

    @Test("what the exporter did for a bot is kept, the latest first, with what came of it at last")
    func actions() async throws {
        func entry(_ second: Int64, bot: String = "a", cause: String = "canary") -> ActionEntry {
            let at = Timestamp(milliseconds: second * 1000)
            return ActionEntry(at: at, bot: bot, action: "train_ml", language: "en", cause: cause)
        }
        func commit(_ entries: [ActionEntry], to archive: Archive) async throws {
            var batch = Batch()
            batch.actions = entries
            try await archive.commit(batch, now: Timestamp(milliseconds: 10_000))
        }
        let archive = try await Archive.open(folder, retention: Retention(age: .seconds(8), actionsPerBot: 3))
        try await commit([entry(3), entry(4), entry(4, cause: "alert x"), entry(5, bot: "b")], to: archive)
        var ended = entry(4)
        (ended.outcome, ended.error, ended.runID) = ("failed", "why", "ds-0001")
        try await commit([ended], to: archive)
        try await archive.close()

        let again = try await Archive.open(folder, retention: Retention(age: .seconds(8), actionsPerBot: 3))
        let loaded = try await again.actions(ofBot: "a", limit: 10)
        #expect(Set(loaded) == [entry(3), ended, entry(4, cause: "alert x")])
        #expect(loaded.last == entry(3))
        #expect(try await again.actions(ofBot: "a", limit: 1).count == 1)
        try await commit([entry(6)], to: again)
        #expect(try await again.actions(ofBot: "a", limit: 10).map(\.at.milliseconds) == [6000, 4000, 4000])
        try await commit([entry(1), entry(7)], to: again)
        #expect(try await again.actions(ofBot: "a", limit: 10).contains { $0.at.milliseconds < 2000 } == false)
        #expect(try await again.actions(ofBot: "b", limit: 10) == [entry(5, bot: "b")])
    }

    @Test("how something ended stays, also where it is written after it that it was started")
    func endBeforeStart() async throws {
        let archive = try await Archive.open(folder)
        var entry = ActionEntry(at: .now, bot: "a", action: "train_ml", language: "en", cause: "canary")
        for outcome in [ActionEntry.attempted, "done", ActionEntry.started] {
            entry.outcome = outcome
            var batch = Batch()
            batch.actions = [entry]
            try await archive.commit(batch)
        }
        #expect(try await archive.actions(ofBot: "a", limit: 10).map(\.outcome) == ["done"])
    }

    @Test("every kind of target keeps its own state")
    func kinds() async throws {
        let targets: [Target] = [
            .training(bot: "a", engine: .ml, language: "en", state: .published),
            .training(bot: "a", engine: .ml, language: "en", state: .configured),
            .training(bot: "a", engine: .ml, language: "de", state: .published),
            .training(bot: "a", engine: .faq, language: "en", state: .published),
            .export(bot: "a"), .export(bot: "b"),
        ]
        var outbox = Outbox()
        var trackers: [Target: TargetTracker] = [:]
        for (position, target) in targets.enumerated() {
            var tracker = TargetTracker(target)
            let now = ClockReading(wall: Timestamp(milliseconds: Int64(position)), uptime: 1, boot: 1)
            _ = tracker.observe(.mlTraining(MLTrainingReply(status: .queued, trainVersion: Int64(position))), at: now)
            _ = tracker.observe(.faqTraining(FAQTrainingReply(status: .failed, modifiedOn: now.wall)), at: now)
            _ = tracker.observe(.mlExport(MLExportReply(status: .pending, createdOn: now.wall)), at: now)
            trackers[target] = tracker
            outbox.add(tracker)
        }
        let archive = try await Archive.open(folder)
        try await archive.commit(try outbox.takeRequired())
        #expect(try await archive.load(targets).trackers == trackers)
        #expect(Set(trackers.values).count == targets.count)
    }

    @Test("a target that is not asked for stays in the store and comes back when it is")
    func retirement() async throws {
        var leaving = Story(bot: 1)
        var staying = Story(bot: 2)
        let archive = try await Archive.open(folder)
        try await archive.commit(of: &leaving, runs: 2)
        try await archive.commit(of: &staying, runs: 1)
        #expect(try await archive.load([staying.target]).trackers.keys.map(\.bot) == ["bot-2"])
        try await archive.commit(of: &staying, runs: 1)
        let loaded = try await archive.load([leaving.target, staying.target]).trackers
        #expect(loaded == [leaving.target: leaving.tracker, staying.target: staying.tracker])
        #expect(try await archive.runs(of: leaving.target, limit: 10).count == 2)
    }

    @Test("of each target's runs the last ones are kept")
    func retentionByNumber() async throws {
        let archive = try await Archive.open(folder, retention: Retention(runsPerTarget: 5))
        var busy = Story(bot: 1)
        var calm = Story(bot: 2)
        try await archive.commit(of: &calm, runs: 2)
        var runs: [EndedRun] = []
        for count in [1, 7, 2] {
            runs += try await archive.commit(of: &busy, runs: count)
            #expect(try await archive.runs(of: busy.target, limit: 100) == runs.suffix(5).reversed())
        }
        #expect(try await archive.runs(of: calm.target, limit: 100).count == 2)
    }

    @Test("runs that ended too long ago are deleted, in steps that take no commit long")
    func retentionByAge() async throws {
        let archive = try await Archive.open(folder, retention: Retention(age: .seconds(3600)))
        var old = Story(bot: 1)
        for _ in 1...3 {
            try await archive.commit(of: &old, runs: 100)
        }
        #expect(try await archive.count("run") == 300)
        var young = Story(bot: 2)
        let later = old.now.wall.adding(.seconds(3601))
        let deletions = [100, 0, 0]
        for left in deletions {
            var outbox = Outbox()
            _ = young.poll()
            outbox.add(young.tracker)
            try await archive.commit(try outbox.takeRequired(), now: later)
            #expect(try await archive.count("run") == left)
        }
        #expect(try await archive.load([old.target]).trackers == [old.target: old.tracker])
        // What comes afterwards is newer than everything before it.
        let runs = try await archive.commit(of: &old, runs: 1)
        #expect(try await archive.runs(of: old.target, limit: 10) == runs)
    }

    @Test("without a folder there is a history and no state", arguments: [nil, ""])
    func memoryOnly(path: String?) async throws {
        let archive = try await Archive.open(at: path, logger: .quiet)
        var story = Story(bot: 1)
        var other = Story(bot: 2)
        try await archive.commit(of: &other, runs: 0)
        let ended = try await archive.commit(of: &story, runs: 2)
        #expect(try await archive.runs(of: story.target, limit: 10) == ended.reversed())
        #expect(try await archive.count("target") == 1)
        try await archive.close()
    }

    @Test(
        "the store is for the exporter's user alone, also in a folder that others may read",
        arguments: [false, true]
    )
    func permissions(isThere: Bool) async throws {
        if isThere {
            try FileManager.default.createDirectory(
                atPath: folder.store,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o755]
            )
        }
        let archive = try await Archive.open(folder)
        var story = Story(bot: 1)
        try await archive.commit(of: &story, runs: 1)
        func permissions(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        #expect(try permissions(folder.store) == (isThere ? 0o755 : 0o700))
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.store)
        #expect(files.count == 4)
        for file in files {
            #expect(try permissions(folder.store + "/" + file) == 0o600, "\(file)")
        }
        try await archive.close()
    }

    @Test("a target that is no longer configured is kept for a time, one that is configured for ever")
    func purging() async throws {
        let archive = try await Archive.open(folder, retention: Retention(retired: .seconds(3600)))
        var retired = Story(bot: 1)
        var configured = Story(bot: 2)
        try await archive.commit(of: &retired, runs: 2)
        try await archive.commit(of: &configured, runs: 1)
        let last = retired.now.wall
        let targets = [retired.target, configured.target]
        #expect(try await archive.purge(except: [configured.target], now: last.adding(.seconds(3600))) == 0)
        #expect(try await archive.load(targets).trackers.count == 2)
        #expect(try await archive.purge(except: targets, now: last.adding(.seconds(3601))) == 0)
        #expect(try await archive.purge(except: [configured.target], now: last.adding(.seconds(3601))) == 1)
        #expect(try await archive.load(targets).trackers == [configured.target: configured.tracker])
        #expect(try await archive.count("run") == 1)
        // Back after that, it begins anew.
        try await archive.commit(of: &retired, runs: 1)
        #expect(try await archive.runs(of: retired.target, limit: 10).count == 1)
    }

    @Test("the log is synchronized with each commit")
    func synchronous() async throws {
        let archive = try await Archive.open(folder)
        #expect(try await archive.pragma("synchronous") == "2")
        #expect(try await archive.pragma("journal_mode") == "wal")
        #expect(try await archive.pragma("page_size") == "1024")
        try await archive.close()
        // Pragmas are the connection's, not all are the file's.
        let again = try await Archive.open(folder)
        #expect(try await again.pragma("synchronous") == "2")
    }

    @Test("a store that was closed says so")
    func closed() async throws {
        let archive = try await Archive.open(folder)
        try await archive.close()
        var story = Story(bot: 1)
        let error = await #expect(throws: ArchiveError.self) { try await archive.commit(of: &story, runs: 1) }
        #expect(error?.reason == .closed)
        try await archive.close()
    }
}
