import Exposition
import KoreAI
import Model

@testable import Tracking

/// A bot's exports, polled every ten seconds, and what their tracker made of that.
///
/// A script is a list of replies: the job's id in a small letter, then `I` in progress, `P` pending, `S` success, `X`
/// failed or `U` an unknown word, then times in seconds: `c` and a number is `createdOn`, `m` is `lMod`, `r` is
/// `requestedTime`. `-` is a poll that failed.
struct PolledExport {
    private static let statuses: [Character: JobStatus] = [
        "P": .pending, "I": .inProgress, "S": .success, "X": .failed, "U": .unknown,
    ]

    private(set) var tracker = ExportTracker()
    /// All jobs that ended.
    private(set) var ended: [EndedRun] = []
    private var seconds: Int64 = 0

    init(_ script: String = "") {
        play(script)
    }

    mutating func play(_ script: String) {
        for text in script.split(separator: " ") {
            if text != "-" {
                poll(Self.reply(text), at: .at(seconds))
            }
            seconds += 10
        }
    }

    mutating func poll(_ reply: MLExportReply, at moment: ClockReading) {
        ended += tracker.observe(reply, at: moment)
    }

    private static func reply(_ text: Substring) -> MLExportReply {
        var reply = MLExportReply(status: .unknown)
        var rest = text
        while let letter = rest.popFirst() {
            let number = rest.prefix { $0.isNumber || $0 == "-" }
            let time = Int64(number).map(Timestamp.at)
            rest = rest.dropFirst(number.count)
            switch letter {
            case "c" where time != nil: reply.createdOn = time
            case "m" where time != nil: reply.lastModified = time
            case "r" where time != nil: reply.requestedTime = time
            default:
                if let status = statuses[letter] { reply.status = status } else { reply.id = String(letter) }
            }
        }
        return reply
    }

    /// Jobs, failures and durations, as the metrics count them.
    var counts: Counts {
        Counts(Int(tracker.totals.ended), Int(tracker.totals.failed), Int(tracker.totals.durations.count))
    }
}
