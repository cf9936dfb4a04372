/// The reply to `GET …/ml/train/status`.
package struct MLTrainingReply: Sendable, Hashable {
    package var status: TrainingStatus
    /// The sync flags that the reply has, sorted by component: `isMlInSyncWithUBTraining` is `ub_training`.
    package var syncFlags: [SyncFlag]
    package var nlpVersion: Int64?
    package var trainVersion: Int64?

    package init(
        status: TrainingStatus,
        syncFlags: [SyncFlag] = [],
        nlpVersion: Int64? = nil,
        trainVersion: Int64? = nil
    ) {
        self.status = status
        self.syncFlags = syncFlags
        self.nlpVersion = nlpVersion
        self.trainVersion = trainVersion
    }
}
