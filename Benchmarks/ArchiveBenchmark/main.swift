import Archive
import Foundation
import KoreAI
import Logging
import Tracking

// What the store costs: bytes and CPU time by state, the time of an open, memory. Prints a line for each.
// Usage: archive-benchmark [FOLDER], which is made and deleted; on the disk that is to be measured.

let folder = CommandLine.arguments.count > 1 ? CommandLine.arguments[1] : NSTemporaryDirectory() + "archive-benchmark"
try? FileManager.default.removeItem(atPath: folder)
defer { try? FileManager.default.removeItem(atPath: folder) }

let logger = Logger(label: "archive-benchmark") { _ in SwiftLogNoOpLogHandler() }
let atStart = Usage.now
var fleet = Fleet(bots: 10_000)
let count = fleet.trackers.count
print("targets: \(count)")
print("trackers in memory: \((Usage.now.memory - atStart.memory) * 1024 / count) bytes each")

let encoding = Usage.now
let blobs = fleet.trackers.map(\.stored)
Usage.report("encoding", since: encoding, each: count)
print("stored form: \(blobs.reduce(0) { $0 + $1.count } / count) bytes, by kind \(blobs.prefix(3).map(\.count))")
let decoding = Usage.now
for (tracker, blob) in zip(fleet.trackers, blobs) {
    _ = try TargetTracker(tracker.target, stored: blob)
}
Usage.report("decoding", since: decoding, each: count)

let comparing = Usage.now
var repetitions = 0
for index in fleet.trackers.indices where fleet.poll(index) != nil { repetitions += 1 }
Usage.report("a poll with its comparison, \(repetitions) of them repetitions,", since: comparing, each: count)

let archive = try await Archive.open(at: folder, logger: logger)
var outbox = Outbox()
/// - Parameter runs: So many of the targets have a run that ended.
@MainActor func commit(_ indices: [Int], runs: Int) async throws {
    for (position, index) in indices.enumerated() {
        outbox.add(fleet.trackers[index], ended: position < runs ? [fleet.run] : [])
    }
    guard let batch = outbox.take() else { return }
    try await archive.commit(batch)
    outbox.committed()
}

let first = Usage.now
try await commit(Array(fleet.trackers.indices), runs: 0)
Usage.report("the first commit of all", since: first, each: count)
for (size, runs) in [(500, 0), (500, 20), (50, 0), (50, 2), (1, 0)] {
    let rounds = 400
    let start = Usage.now
    var longest = 0.0
    for _ in 0..<rounds {
        let indices = (0..<size).map { _ in Int.random(in: 0..<count) }
        let before = Usage.now
        try await commit(indices, runs: runs)
        longest = max(longest, Usage.now.wall - before.wall)
    }
    Usage.report("\(rounds) commits of \(size) states and \(runs) runs", since: start, each: rounds * size)
    let wall = (Usage.now.wall - start.wall) / Double(rounds) * 1000
    print(String(format: "  %.1f ms each, the longest %.1f ms", wall, longest * 1000))
}
for size in [500, 50, 1] {
    let rounds = 400
    let start = Usage.now
    for _ in 0..<rounds {
        for _ in 0..<size {
            let index = Int.random(in: 0..<count)
            guard let moment = fleet.poll(index) else { fatalError("a quiet bot changed") }
            outbox.add(fleet.trackers[index].target, repeatedAt: moment)
        }
        guard let batch = outbox.take() else { continue }
        try await archive.commit(batch)
        outbox.committed()
    }
    Usage.report("\(rounds) commits of \(size) repetitions, with their polls,", since: start, each: rounds * size)
}
try await archive.close()
let size = try FileManager.default.attributesOfItem(atPath: folder + "/koreai-exporter.db")[.size] as? Int ?? 0
print("database: \(size / 1000) kB, \(size / count) bytes a target")

let opening = Usage.now
let again = try await Archive.open(at: folder, logger: logger)
Usage.report("opening", since: opening, each: count)
let loading = Usage.now
let loaded = try await again.load(fleet.trackers.map(\.target))
Usage.report("loading \(loaded.trackers.count) targets", since: loading, each: count)
print(String(format: "  %.0f ms to open and load", (Usage.now.wall - opening.wall) * 1000))
print("memory: \(Usage.now.memory / 1024) MiB, with two times the trackers")
let page = Usage.now
_ = try await again.runs(of: fleet.trackers[0].target, limit: 100)
print(String(format: "the runs of a target: %.2f ms", (Usage.now.wall - page.wall) * 1000))
try await again.close()
