import Exposition
import KoreAI

/// The series of one training target.
struct TrainingSamples {
    private let labels: [String]
    private let flagLabels: [String]
    private let engine: Engine
    private var status: [Sample] = []
    private var lastCompletion: [Sample] = []
    private var lastSuccess: [Sample] = []
    private var inSync: [Sample] = []
    private var nlpVersion: [Sample] = []
    private var trainVersion: [Sample] = []

    init(bot: String, engine: Engine, language: String, state: String) {
        self.engine = engine
        self.labels = [bot, engine.rawValue, language, state]
        self.flagLabels = [bot, language, state]
    }

    mutating func add(_ reply: MLTrainingReply) {
        setStatus(reply.status)
        inSync = reply.syncFlags.map { Sample(flagLabels + [$0.component], isTrue: $0.inSync) }.sorted()
        nlpVersion = version(reply.nlpVersion)
        trainVersion = version(reply.trainVersion)
    }

    /// The one time of an FAQ reply says when a run ended only once the run has ended.
    mutating func add(_ reply: FAQTrainingReply) {
        setStatus(reply.status)
        guard let modifiedOn = reply.modifiedOn else { return }
        let ended = [Sample(labels, number: modifiedOn.seconds)]
        switch reply.status {
        case .finished:
            lastCompletion = ended
            lastSuccess = ended
        case .failed:
            lastCompletion = ended
        case .queued, .inProgress, .unknown:
            break
        }
    }

    var families: [FamilySamples] {
        let group = SeriesGroup(labels)
        let flagGroup = SeriesGroup(flagLabels)
        let common = [
            FamilySamples(TrainingFamilies.status, group: group, status),
            FamilySamples(TrainingFamilies.lastCompletion, group: group, lastCompletion),
            FamilySamples(TrainingFamilies.lastSuccess, group: group, lastSuccess),
        ]
        guard engine == .ml else { return common }
        return common + [
            FamilySamples(TrainingFamilies.inSync, group: flagGroup, inSync),
            FamilySamples(TrainingFamilies.nlpVersion, group: flagGroup, nlpVersion),
            FamilySamples(TrainingFamilies.trainVersion, group: flagGroup, trainVersion),
        ]
    }

    private mutating func setStatus(_ current: TrainingStatus) {
        status = TrainingStatus.allCases.map { Sample(labels + [$0.rawValue], isTrue: $0 == current) }.sorted()
    }

    private func version(_ number: Int64?) -> [Sample] {
        number.map { [Sample(flagLabels, number: Double($0))] } ?? []
    }
}
