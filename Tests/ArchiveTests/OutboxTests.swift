import KoreAI
import Model
import Testing
import Tracking

@testable import Archive

struct OutboxTests {
    @Test("of a target the last state is committed, of its runs all in their order")
    func lastStateWins() throws {
        var story = Story(bot: 1)
        var outbox = Outbox()
        var runs: [EndedRun] = []
        for count in [0, 2, 1] {
            let ended = story.poll(runs: count)
            runs += ended
            outbox.add(story.tracker, ended: ended)
        }
        let batch = try outbox.takeRequired()
        #expect(batch.trackers == [story.target: story.tracker])
        #expect(batch.runs == runs.map { HistoryEntry(target: story.target, run: $0) })
        #expect(runs.count == 3)
    }

    @Test("there is one batch at a time, and none where nothing changed")
    func oneAtATime() {
        var outbox = Outbox()
        #expect(outbox.isEmpty)
        #expect(outbox.take() == nil)
        outbox.set([1], for: "budget")
        #expect(outbox.isReady)
        #expect(outbox.take()?.values == ["budget": [1]])
        outbox.set([2], for: "budget")
        #expect(!outbox.isReady)
        #expect(!outbox.isEmpty)
        #expect(outbox.take() == nil)
        #expect(outbox.committed()?.values == ["budget": [1]])
        #expect(outbox.take()?.values == ["budget": [2]])
        #expect(outbox.committed() != nil)
        #expect(outbox.isEmpty)
        #expect(outbox.committed() == nil)
    }

    @Test("a batch that failed waits again, below what came meanwhile")
    func failure() throws {
        var first = Story(bot: 1)
        var second = Story(bot: 2)
        var outbox = Outbox()
        let early = first.poll(runs: 1)
        outbox.add(first.tracker, ended: early)
        outbox.add(second.tracker)
        outbox.set([1], for: "a")
        outbox.set([1], for: "b")
        _ = outbox.take()
        let late = first.poll(runs: 2)
        outbox.add(first.tracker, ended: late)
        outbox.set([2], for: "b")
        outbox.failed()
        let batch = try outbox.takeRequired()
        #expect(batch.trackers == [first.target: first.tracker, second.target: second.tracker])
        #expect(batch.runs.map(\.run) == early + late)
        #expect(batch.values == ["a": [1], "b": [2]])
        outbox.failed()
        #expect(outbox.take() == batch)
        outbox.committed()
        outbox.failed()
        #expect(outbox.isEmpty)
        _ = second.poll()
    }

    @Test("a store that fails for long costs the oldest runs of the history and no memory without bound")
    func bound() throws {
        var story = Story(bot: 1)
        var outbox = Outbox()
        var added = 0
        while added <= Outbox.mostRuns + 50 {
            let ended = story.poll(runs: 100)
            added += ended.count
            outbox.add(story.tracker, ended: ended)
            if added == 5000 {
                _ = outbox.take()
                outbox.failed()
            }
        }
        let batch = try outbox.takeRequired()
        #expect(batch.runs.count <= Outbox.mostRuns)
        #expect(batch.runs.count > Outbox.mostRuns / 2)
        #expect(batch.runs.count + outbox.droppedRuns == added)
        #expect(batch.runs.last?.run.end.milliseconds ?? 0 >= story.now.wall.milliseconds - 30_000)
        #expect(batch.trackers[story.target] == story.tracker)
    }

    @Test("a repetition adds to a state that waits, before a failure and after, and a later state takes its place")
    func repetitions() throws {
        var story = Story(bot: 1)
        var outbox = Outbox()
        func repeatOnce() throws {
            let before = story.tracker
            _ = story.poll()
            outbox.add(story.target, repeatedAt: try #require(story.tracker.repetition(of: before)))
        }
        outbox.add(story.tracker)
        try repeatOnce()
        #expect(try outbox.takeRequired().trackers == [story.target: story.tracker])
        try repeatOnce()
        outbox.failed()
        var batch = try outbox.takeRequired()
        #expect(batch.trackers == [story.target: story.tracker])
        #expect(batch.repetitions.isEmpty)
        outbox.committed()
        try repeatOnce()
        batch = try outbox.takeRequired()
        #expect(batch.trackers.isEmpty)
        #expect(batch.repetitions == [story.target: story.now])
        _ = story.poll(runs: 1)
        outbox.add(story.tracker)
        outbox.failed()
        batch = try outbox.takeRequired()
        #expect(batch.trackers == [story.target: story.tracker])
        #expect(batch.repetitions.isEmpty)
    }
}
