import Archive
import Foundation
import Glibc
import KoreAI
import Logging
import Tracking

func cpu() -> Double {
    var u = rusage(); getrusage(__rusage_who_t(0), &u);
    return Double(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e6 + Double(u.ru_utime.tv_usec + u.ru_stime.tv_usec)
}
func rss() -> Int {
    (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)).flatMap { Int($0.split(separator: " ")[1]) }.map
    { $0 * 4 } ?? 0
}
let folder = CommandLine.arguments.count > 1 ? CommandLine.arguments[1] : "/tmp/arch/bench"
if CommandLine.arguments.count > 2 {
    try await fillDisk(folder, CommandLine.arguments[2])
    exit(0)
}
try? FileManager.default.removeItem(atPath: folder)
let count = 30_000
var trackers: [TargetTracker] = []
var version: Int64 = 1
var now = Moment(wall: .now, uptime: 5000, boot: 0x1234_5678_9ABC_DEF0)
let flags = ["sentences", "synonyms", "mlparams", "traits", "small_talk", "ub_training", "entity_node", "intent_node"]
@MainActor func reply(_ i: Int, _ s: TrainingStatus, _ v: Int64) -> Observation {
    switch i % 3 {
    case 0:
        .mlTraining(
            MLTrainingReply(
                status: s,
                syncFlags: flags.map { SyncFlag(component: $0, inSync: v % 2 == 0) },
                nlpVersion: 3,
                trainVersion: v
            )
        )
    case 1:
        .faqTraining(
            FAQTrainingReply(status: s, id: "f", modifiedOn: Timestamp(milliseconds: now.wall.milliseconds - 1000 * v))
        )
    default:
        .mlExport(
            MLExportReply(
                status: .success,
                id: "5d3af2c1b2",
                percentComplete: 100,
                createdOn: now.wall.adding(.seconds(-90)),
                lastModified: now.wall,
                requestedTime: now.wall.adding(.seconds(-91)),
                fileType: "CSV"
            )
        )
    }
}
for i in 0..<count {
    let bot = "customer-bot-\(i / 3)"
    let target: Target =
        i % 3 == 2
        ? .export(bot: bot) : .training(bot: bot, engine: i % 3 == 0 ? .ml : .faq, language: "en", state: .published)
    var tracker = TargetTracker(target)
    now = now.later(1)
    _ = tracker.observe(reply(i, .finished, 9), at: now)
    var later = now.later(30_000)
    swap(&later, &now)
    _ = tracker.observe(reply(i, .inProgress, 9), at: now)
    now = now.later(30_000)
    _ = tracker.observe(reply(i, .finished, 10), at: now)
    trackers.append(tracker)
}
let sizes = trackers.map { $0.stored.count }
print(
    "stored bytes: mean",
    sizes.reduce(0, +) / count,
    "max",
    sizes.max() ?? 0,
    "ml",
    sizes[0],
    "faq",
    sizes[1],
    "export",
    sizes[2]
)
var c = cpu()
for t in trackers { _ = t.stored.count }
print("encode us", (cpu() - c) / Double(count))
let blobs = trackers.map { ($0.target, $0.stored) }
c = cpu()
for b in blobs { _ = try TargetTracker(b.0, stored: b.1) }
print("decode us", (cpu() - c) / Double(count))
let logger = Logger(label: "bench")
var archive = try await Archive.open(at: folder, logger: logger)
var outbox = Outbox()
c = cpu()
for t in trackers { outbox.add(t) }
print("outbox add us", (cpu() - c) / Double(count))
c = cpu()
try await archive.commit(outbox.take()!); outbox.committed()
print("first commit of all: us/state", (cpu() - c) / Double(count))
let run = EndedRun(outcome: .success, start: now.wall, end: now.wall, duration: 60000, bound: 15000)
for (n, runs) in [(500, 20), (500, 0), (50, 2), (1, 0)] {
    var total = 0.0, wall = 0.0, worst = 0.0
    let rounds = 200
    for _ in 0..<rounds {
        var i = 0
        while i < n {
            let t = trackers[Int.random(in: 0..<count)]
            outbox.add(t, ended: i < runs ? [run] : [])
            i += 1
        }
        let w = ContinuousClock.now
        c = cpu()
        try await archive.commit(outbox.take()!); outbox.committed()
        total += cpu() - c
        let d = (ContinuousClock.now - w) / .milliseconds(1)
        wall += d; worst = max(worst, d)
    }
    print(
        "batch \(n)+\(runs): us/state",
        total / Double(rounds * n),
        "ms/commit",
        wall / Double(rounds),
        "worst",
        worst
    )
}
try await archive.close()
let size = try FileManager.default.attributesOfItem(atPath: folder + "/koreai-exporter.db")[.size] as? Int ?? 0
print("database MB", Double(size) / 1e6)
print("rss KiB before reopen", rss())
c = cpu()
let w = ContinuousClock.now
archive = try await Archive.open(at: folder, logger: logger)
print("open ms", (ContinuousClock.now - w) / .milliseconds(1))
let kept = try await archive.load(trackers.map(\.target))
print(
    "open+load: targets",
    kept.trackers.count,
    "cpu ms",
    (cpu() - c) / 1000,
    "wall ms",
    (ContinuousClock.now - w) / .milliseconds(1)
)
let r0 = ContinuousClock.now
_ = try await archive.runs(of: trackers[0].target, limit: 100)
print("runs ms", (ContinuousClock.now - r0) / .milliseconds(1))
try await archive.close()
