import KoreAI
import Model
import TestSupport
import Tracking

/// Replies about a target in random order and with random contents, and the moments at which they come.
///
/// They follow no platform's rules: what they are for is to bring a tracker into every state that it can have.
struct RandomHistory {
    let target: Target
    private(set) var now = ClockReading(wall: Timestamp(milliseconds: 1_700_000_000_000), uptime: 5000, boot: .max)
    private var numbers: SplitMix64
    private var version: Int64 = 1

    init(_ target: Target, seed: UInt64) {
        self.target = target
        numbers = SplitMix64(seed: seed)
    }

    mutating func next() -> Observation {
        let passed = Int64.random(in: 0...90_000, using: &numbers)
        now.wall.milliseconds += passed
        now.uptime += passed
        if oneIn(50) { now.wall.milliseconds -= 3_600_000 }
        if oneIn(100) { now.boot &+= 1 }
        switch target.collector {
        case .mlTraining: return .mlTraining(mlReply())
        case .faqTraining:
            return .faqTraining(FAQTrainingReply(status: trainingStatus(), modifiedOn: time(), reason: reason()))
        case .mlExport: return .mlExport(exportReply())
        case .publish: return .publish(publishReply())
        }
    }

    private mutating func publishReply() -> PublishReply {
        PublishReply(
            status: JobStatus.allCases.randomElement(using: &numbers) ?? .unknown,
            id: oneIn(5) ? nil : "job-\(Int.random(in: 1...3, using: &numbers))",
            percentComplete: oneIn(5) ? nil : .random(in: 0...100, using: &numbers),
            requestedTime: time(),
            initiatedOn: time(),
            lastModified: time(),
            parts: ["channels", "nl", "settings"].prefix(Int.random(in: 0...3, using: &numbers)).map {
                PublishReply.Part(name: $0, status: JobStatus.allCases.randomElement(using: &numbers) ?? .unknown)
            }
        )
    }

    private mutating func mlReply() -> MLTrainingReply {
        if oneIn(4) { version += Int64.random(in: -1...3, using: &numbers) }
        let components = ["sentences", "synonyms", "traits", "mlparams"].shuffled(using: &numbers).prefix(3)
        return MLTrainingReply(
            status: trainingStatus(),
            syncFlags: components.map { SyncFlag(component: $0, inSync: .random(using: &numbers)) },
            nlpVersion: oneIn(3) ? nil : 3,
            trainVersion: oneIn(5) ? nil : version
        )
    }

    private mutating func exportReply() -> MLExportReply {
        MLExportReply(
            status: JobStatus.allCases.randomElement(using: &numbers) ?? .unknown,
            id: oneIn(5) ? nil : "job-\(Int.random(in: 1...3, using: &numbers))",
            percentComplete: oneIn(5) ? nil : .random(in: 0...100, using: &numbers),
            createdOn: time(),
            lastModified: time(),
            requestedTime: time(),
            fileType: oneIn(2) ? nil : "CSV",
            downloadURL: oneIn(2) ? nil : Secret("https://files.example.com/signed?key=hidden"),
            reason: reason()
        )
    }

    private mutating func reason() -> String? {
        oneIn(2) ? nil : "no answers"
    }

    private mutating func trainingStatus() -> TrainingStatus {
        TrainingStatus.allCases.randomElement(using: &numbers) ?? .unknown
    }

    private mutating func time() -> Timestamp? {
        oneIn(4) ? nil : Timestamp(milliseconds: now.wall.milliseconds - .random(in: 0...600_000, using: &numbers))
    }

    private mutating func oneIn(_ count: Int) -> Bool {
        Int.random(in: 1...count, using: &numbers) == 1
    }
}
