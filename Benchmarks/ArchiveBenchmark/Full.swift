import Archive
import Foundation
import KoreAI
import Logging
import Tracking

/// On a small tmpfs: fills it, says what is said, frees it, goes on.
func fillDisk(_ folder: String, _ ballast: String) async throws {
    let logger = Logger(label: "full")
    let archive = try await Archive.open(at: folder + "/data", logger: logger)
    var outbox = Outbox()
    var now = Moment(wall: .now, uptime: 5000, boot: 1)
    var trackers: [TargetTracker] = (0..<2000).map { TargetTracker(.export(bot: "bot-\($0)")) }
    var lastError = ""
    var committed = 0
    for round in 0..<60 {
        now = now.later(30_000)
        for i in trackers.indices {
            let ended = trackers[i].observe(
                .mlExport(MLExportReply(status: .success, id: "job-\(round)", createdOn: now.wall)),
                at: now
            )
            outbox.add(trackers[i], ended: ended)
        }
        guard let batch = outbox.take() else { break }
        do {
            try await archive.commit(batch)
            outbox.committed()
            committed += 1
        } catch {
            outbox.failed()
            if error.message != lastError { print("round \(round):", error.reason, error.message) }
            lastError = error.message
        }
        if round == 40 {
            try FileManager.default.removeItem(atPath: ballast); print("freed the ballast after", committed, "commits")
        }
    }
    print("commits", committed, "outbox empty", outbox.isEmpty)
    try await archive.close()
    let again = try await Archive.open(at: folder + "/data", logger: logger)
    let kept = try await again.load(trackers.map(\.target))
    print("equal after reopening:", kept.trackers == Dictionary(uniqueKeysWithValues: trackers.map { ($0.target, $0) }))
    print("runs", try await again.runs(of: trackers[0].target, limit: 1000).count, "of 59")
    try await again.close()
    // A start on a full disk.
    _ = FileManager.default.createFile(atPath: ballast, contents: nil)
    let handle = FileHandle(forWritingAtPath: ballast)
    while (try? handle?.write(contentsOf: Data(count: 1024))) != nil {}
    do {
        _ = try await Archive.open(at: folder + "/data", logger: logger);
        print("start on a full disk, old store: opened")
    } catch { print("start on a full disk, old store:", error.reason, error.message) }
    do {
        _ = try await Archive.open(at: folder + "/other", logger: logger);
        print("start on a full disk, new store: opened")
    } catch { print("start on a full disk, new store:", error.reason, error.message) }
}
