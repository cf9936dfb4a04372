/// Something that really happened on the simulated platform. Tests take it for the truth.
package struct SimulatorEvent: Sendable, Hashable, Encodable {
    package enum Kind: String, Sendable, Hashable, CaseIterable, Encodable {
        case trainingQueued = "training_queued"
        case trainingStarted = "training_started"
        case trainingEnded = "training_ended"
        case drifted
        case synced
        case published
        /// The bot's trainings and exports were forgotten.
        case forgotten
        case exportRequested = "export_requested"
        case exportStarted = "export_started"
        case exportEnded = "export_ended"
    }

    /// Counts from 1, without gaps.
    package var number: Int = 0
    package var at: SimulatorTime
    /// The bot's id.
    package var bot: String
    package var kind: Kind
    package var engine: Platform.Engine?
    package var language: String?
    package var state: Platform.State?
    /// Of the training run or the export job. An export's id may be that of an earlier job.
    package var runID: String?
    /// Of what ended: `finished`, `failed` or `success`.
    package var outcome: String?
    /// Of what ended: when it left the queue.
    package var startedAt: SimulatorTime?
    package var nlpVersion: Int?
    package var trainVersion: Int?
    /// What drifted or came back into sync.
    package var components: [SyncComponent]?

    /// Of what ended: from its start, the time in the queue not counted.
    package var duration: Duration? {
        startedAt.map { at.since($0) }
    }

    enum CodingKeys: String, CodingKey {
        case number, at, bot, kind, engine, language, state, outcome, components
        case runID = "run_id"
        case startedAt = "started_at"
        case nlpVersion = "nlp_version"
        case trainVersion = "train_version"
    }
}
