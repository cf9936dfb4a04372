/// The reply to `POST …/ml/train`.
package struct StartedTraining: Sendable, Hashable {
    package var id: String?
    /// The platform's words, such as `Training Queued.`
    package var message: String?

    package init(id: String? = nil, message: String? = nil) {
        self.id = id
        self.message = message
    }
}
