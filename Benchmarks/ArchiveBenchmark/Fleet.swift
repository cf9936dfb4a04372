import KoreAI
import Model
import Tracking

/// Bots with three targets each, which have seen a run or job each and are quiet now.
struct Fleet {
    private static let flags = [
        "entity_node", "intent_node", "mlparams", "sentences", "small_talk", "synonyms", "traits", "ub_training",
    ]

    private(set) var trackers: [TargetTracker] = []
    private var now = ClockReading(wall: .now, uptime: 5_000_000, boot: 0x1234_5678_9ABC_DEF0)

    init(bots: Int) {
        for bot in 0..<bots {
            let name = "customer-bot-\(bot)"
            trackers.append(TargetTracker(.training(bot: name, engine: .ml, language: "en", state: .published)))
            trackers.append(TargetTracker(.training(bot: name, engine: .faq, language: "en", state: .published)))
            trackers.append(TargetTracker(.export(bot: name)))
        }
        for (status, version) in [(.finished, 9), (.inProgress, 9), (.finished, 10)] as [(TrainingStatus, Int64)] {
            pass(30_000)
            for index in trackers.indices {
                _ = trackers[index].observe(reply(index, status, version), at: now)
            }
        }
    }

    /// Polls a target that has nothing new to tell.
    ///
    /// - Returns: The moment, where the tracker takes it for a repetition.
    mutating func poll(_ index: Int) -> ClockReading? {
        pass(1)
        let before = trackers[index]
        _ = trackers[index].observe(reply(index, .finished, 10), at: now)
        return trackers[index].repetition(of: before)
    }

    /// A run that ended now.
    var run: EndedRun {
        EndedRun(outcome: .success, start: now.wall, end: now.wall, duration: 60_000, bound: 15_000)
    }

    private mutating func pass(_ milliseconds: Int64) {
        now.wall.milliseconds += milliseconds
        now.uptime += milliseconds
    }

    private func reply(_ index: Int, _ status: TrainingStatus, _ version: Int64) -> Observation {
        let start = Timestamp(milliseconds: 1_700_000_000_000)
        let changed = start.adding(.seconds(version))
        switch index % 3 {
        case 0:
            let flags = Self.flags.map { SyncFlag(component: $0, inSync: version.isMultiple(of: 2)) }
            return .mlTraining(
                MLTrainingReply(status: status, syncFlags: flags, nlpVersion: 3, trainVersion: version)
            )
        case 1:
            return .faqTraining(FAQTrainingReply(status: status, id: "faq", modifiedOn: changed))
        default:
            return .mlExport(
                MLExportReply(
                    status: .success,
                    id: "5d3af2c1b2",
                    percentComplete: 100,
                    createdOn: start.adding(.seconds(version - 1)),
                    lastModified: changed,
                    requestedTime: start.adding(.seconds(version - 1)),
                    fileType: "CSV"
                )
            )
        }
    }
}
