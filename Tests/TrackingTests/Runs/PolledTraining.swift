import Exposition
import KoreAI

@testable import Tracking

/// A training target that is polled every ten seconds, and what its tracker made of that.
///
/// A script is a list of replies: `F` finished, `X` failed, `I` in progress, `W` queued, `U` an unknown word, and `-` a
/// poll that failed. A number after it is the `trainVersion` of an ML reply, `@` and a number the `modifiedOn` of an FAQ
/// reply, in seconds.
struct PolledTraining {
    private static let statuses: [Character: TrainingStatus] = [
        "F": .finished, "X": .failed, "I": .inProgress, "W": .queued, "U": .unknown,
    ]

    private(set) var tracker: TrainingTracker
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
                let number = Int64(reply.drop { !$0.isNumber && $0 != "-" })
                let isTime = reply.dropFirst().first == "@"
                poll(status, version: isTime ? nil : number, modifiedOn: isTime ? number.map(Timestamp.at) : nil)
            }
            seconds += 10
        }
    }

    mutating func poll(
        _ status: TrainingStatus,
        version: Int64? = nil,
        modifiedOn: Timestamp? = nil,
        at moment: Moment? = nil
    ) {
        let moment = moment ?? .at(seconds)
        switch tracker.engine {
        case .ml: ended += tracker.observe(MLTrainingReply(status: status, trainVersion: version), at: moment)
        case .faq: ended += tracker.observe(FAQTrainingReply(status: status, modifiedOn: modifiedOn), at: moment)
        }
    }

    /// Runs, failures and durations, as the metrics count them.
    var counts: Counts {
        Counts(Int(tracker.totals.ended), Int(tracker.totals.failed), Int(tracker.totals.durations.count))
    }
}
