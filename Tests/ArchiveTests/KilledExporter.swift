import Glibc
import TestSupport
import Testing
import Tracking

@testable import Archive

/// Commits rounds of what a fixed story tells until the kernel kills it, and tells afterwards whether they are there.
struct KilledExporter {
    private static let bots = 1...10
    private static let mostRounds = 100_000

    private let store: String
    private let progress: String

    init(_ folder: String) {
        store = folder + "/data"
        progress = folder + "/progress"
    }

    /// - Parameter commits: So many there are before the kill is near; `nil`: it may come while the store is opened.
    func run(commits: Int?) async throws {
        if commits == nil {
            try Self.kill(afterMicroseconds: .random(in: 1...20_000))
        }
        let archive = try await Archive.open(at: store, logger: .quiet)
        let (first, loaded) = try await loaded(archive)
        try #require(loaded == Self.stories(after: first))
        try note(first)
        var stories = loaded
        for round in first + 1...Self.mostRounds {
            var outbox = Outbox()
            for index in stories.indices {
                let ended = stories[index].poll(runs: Self.runs(round, index))
                outbox.add(stories[index].tracker, ended: ended)
            }
            outbox.set(Self.bytes(round), for: "round")
            try await archive.commit(try outbox.takeRequired(), now: stories[0].now.wall)
            try note(round)
            if round == first + (commits ?? 0) {
                // In about the time that a commit takes.
                try Self.kill(afterMicroseconds: .random(in: 1...3000))
            }
        }
    }

    /// - Returns: The round of the last commit.
    func check() async throws -> Int {
        let archive = try await Archive.open(at: store, logger: .quiet)
        let (round, loaded) = try await loaded(archive)
        try #require(loaded == Self.stories(after: round))
        // Between a commit and the note of it the process can be killed, too.
        let noted = noted()
        try #require(noted == round || noted + 1 == round)
        for (index, story) in loaded.enumerated() {
            let runs = round == 0 ? 0 : (1...round).map { Self.runs($0, index) }.reduce(0, +)
            let found = try await archive.runs(of: story.target, limit: .max)
            try #require(found.count == min(runs, Retention().runsPerTarget))
        }
        try await archive.close()
        return round
    }

    /// What the store has, as stories that go on from there.
    private func loaded(_ archive: Archive) async throws -> (round: Int, stories: [Story]) {
        let fresh = Self.stories(after: 0)
        let loaded = try await archive.load(fresh.map(\.target))
        let round = Self.int(loaded.values["round"] ?? [])
        if round == 0 { return (0, fresh) }
        return (round, Self.stories(after: round).map { $0.with(loaded.trackers[$0.target]) })
    }

    private static func stories(after round: Int) -> [Story] {
        var stories = bots.map { Story(bot: $0) }
        for round in 0..<round {
            for index in stories.indices {
                _ = stories[index].poll(runs: runs(round + 1, index))
            }
        }
        return stories
    }

    private static func runs(_ round: Int, _ index: Int) -> Int {
        (round + index) % 3
    }

    private static func bytes(_ round: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt64(round).littleEndian) { Array($0) }
    }

    private static func int(_ bytes: [UInt8]) -> Int {
        bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    private func note(_ round: Int) throws {
        let file = open(progress, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        try #require(file >= 0)
        let bytes = Self.bytes(round)
        try #require(pwrite(file, bytes, bytes.count, 0) == bytes.count)
        close(file)
    }

    private func noted() -> Int {
        let file = open(progress, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return 0 }
        var bytes = [UInt8](repeating: 0, count: 8)
        let count = pread(file, &bytes, bytes.count, 0)
        close(file)
        return Self.int(Array(bytes.prefix(max(0, count))))
    }

    /// Has the kernel kill this process.
    private static func kill(afterMicroseconds time: Int) throws {
        var event = sigevent()
        event.sigev_notify = Int32(SIGEV_SIGNAL)
        event.sigev_signo = SIGKILL
        var timer: timer_t?
        try #require(timer_create(CLOCK_MONOTONIC, &event, &timer) == 0)
        var span = itimerspec()
        span.it_value = timespec(tv_sec: time / 1_000_000, tv_nsec: time % 1_000_000 * 1000)
        try #require(timer_settime(timer, 0, &span, nil) == 0)
    }
}
