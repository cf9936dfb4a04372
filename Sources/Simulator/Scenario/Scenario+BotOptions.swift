extension Scenario {
    /// Which sync flags a bot's replies have.
    package enum SyncFlagSet: String, Sendable, Hashable, CaseIterable {
        /// 6 while a training runs or has failed, 10 when it has finished.
        case current
        /// 4, always.
        case old
    }

    /// How a bot's replies write statuses.
    package enum Spelling: String, Sendable, Hashable, CaseIterable {
        /// `Inprogress`, `in-progress`, `IN_PROGRESS`, as the documentation has them.
        case documented
        /// `In Progress`, `Success`, `pending` and `failure`, as public code has met them.
        case seen
    }

    /// What a bot's next export has in common with its last.
    package enum ExportIdentity: String, Sendable, Hashable, CaseIterable {
        /// Nothing.
        case new
        /// The job's `_id`. Its times are new.
        case reused
        /// The job's `_id`, `createdOn` and `lMod`; only `requestedTime` is new, as in the documented sample, where
        /// it lies four years after the others.
        case stale
    }

    /// What is answered about a training or an export that never happened.
    package enum NeverReply: String, Sendable, Hashable, CaseIterable {
        /// 200 and `{}`.
        case empty
        /// 400 and a message.
        case badRequest = "bad_request"
        /// 404 and a message.
        case notFound = "not_found"
        /// 500.
        case serverError = "server_error"
    }
}
