import Exposition
import KoreAI
import Model

@testable import Tracking

/// A training target that is polled every ten seconds, and what its tracker made of that.
///
/// A script is a list of replies: `F` finished, `X` failed, `I` in progress, `W` queued, `U` an unknown word, and `-` a
/// poll that failed. A number after it is the `trainVersion` of an ML reply, `@` and a number the `modifiedOn` of an FAQ
/// reply, in seconds. Then come the sync flags of an ML reply: `t` true, `f` false, `.` left out.
struct PolledTraining {
    private static let statuses: [Character: TrainingStatus] = [
        "F": .finished, "X": .failed, "I": .inProgress, "W": .queued, "U": .unknown,
    ]

    private static let components = ["patterns", "traits"]

    var tracker: TrainingTracker
    /// All runs that ended.
    private(set) var ended: [EndedRun] = []
    private var seconds: Int64 = 0

    init(_ engine: Engine = .ml, _ script: String = "") {
        tracker = TrainingTracker(engine: engine)
        play(script)
    }

    mutating func play(_ script: String) {
        for reply in script.split(separator: " ") {
            if let letter = reply.first, let status = Self.statuses[letter] {
                let number = Int64(reply.filter { $0.isNumber || $0 == "-" })
                let isTime = reply.dropFirst().first == "@"
                let flags = zip(Self.components, reply.filter("tf.".contains)).filter { $1 != "." }.map {
                    SyncFlag(component: $0, inSync: $1 == "t")
                }
                poll(
                    status,
                    version: isTime ? nil : number,
                    modifiedOn: isTime ? number.map(Timestamp.at) : nil,
                    flags: flags
                )
            }
            seconds += 10
        }
    }

    mutating func poll(
        _ status: TrainingStatus,
        version: Int64? = nil,
        modifiedOn: Timestamp? = nil,
        flags: [SyncFlag] = [],
        at moment: ClockReading? = nil
    ) {
        let moment = moment ?? .at(seconds)
        switch tracker.engine {
        case .ml:
            let reply = MLTrainingReply(status: status, syncFlags: flags, trainVersion: version)
            ended += tracker.observe(reply, at: moment)
        case .faq: ended += tracker.observe(FAQTrainingReply(status: status, modifiedOn: modifiedOn), at: moment)
        }
    }

    /// Runs, failures and durations, as the metrics count them.
    var counts: Counts {
        Counts(Int(tracker.totals.ended), Int(tracker.totals.failed), Int(tracker.totals.durations.count))
    }
}
