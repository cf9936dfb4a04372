/// The reply to `GET …/faqs/train/status` and to `POST …/faqs/train`.
package struct FAQTrainingReply: Sendable, Hashable {
    package var status: TrainingStatus
    package var id: String?
    package var modifiedOn: Timestamp?

    package init(status: TrainingStatus, id: String? = nil, modifiedOn: Timestamp? = nil) {
        self.status = status
        self.id = id
        self.modifiedOn = modifiedOn
    }
}
