package import Model

/// The state of a training, as the `status` label writes it.
package enum TrainingStatus: String, Sendable, Hashable, CaseIterable {
    case queued
    case inProgress = "in_progress"
    case finished
    case failed
    /// A word that is not known, or none.
    case unknown
}

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

extension MLTrainingReply: PlatformReply {
    package static var ofEmptyObject: MLTrainingReply? { MLTrainingReply(status: .unknown) }

    package static func read(from reader: inout ReplyReader) throws(JSONSyntaxError) -> MLTrainingReply? {
        var reply = MLTrainingReply(status: .unknown)
        var flags = SyncFlagReader()
        while let key = try reader.json.nextKey() {
            switch key {
            case "trainingStatus":
                reply.status = try reader.status(key)?.training ?? .unknown
            case "trainDetails":
                try reply.readDetails(from: &reader)
            default:
                if let name = SyncFlag.name(inKey: key) {
                    try flags.read(name, from: &reader)
                } else {
                    try reader.other(key)
                }
            }
        }
        reply.syncFlags = flags.flags
        return reader.saysSomething ? reply : nil
    }

    private mutating func readDetails(from reader: inout ReplyReader) throws(JSONSyntaxError) {
        guard reader.json.beginObject() else {
            try reader.unexpected("trainDetails")
            return
        }
        reader.sawKnownField()
        while let key = try reader.json.nextKey() {
            switch key {
            case "nlpVersion": nlpVersion = try reader.integer(key)
            case "trainVersion": trainVersion = try reader.integer(key)
            default: try reader.json.skip()
            }
        }
    }
}

/// The reply to `GET …/faqs/train/status` and to `POST …/faqs/train`.
package struct FAQTrainingReply: Sendable, Hashable {
    package var status: TrainingStatus
    package var id: String?
    package var modifiedOn: Timestamp?
    /// Why the training failed, fit to be shown; `nil` where it did not or the reply says no more than that.
    package var reason: String?

    package init(status: TrainingStatus, id: String? = nil, modifiedOn: Timestamp? = nil, reason: String? = nil) {
        self.status = status
        self.id = id
        self.modifiedOn = modifiedOn
        self.reason = reason
    }
}

extension FAQTrainingReply: PlatformReply {
    package static var ofEmptyObject: FAQTrainingReply? { FAQTrainingReply(status: .unknown) }

    package static func read(from reader: inout ReplyReader) throws(JSONSyntaxError) -> FAQTrainingReply? {
        var reply = FAQTrainingReply(status: .unknown)
        var message: String?
        while let key = try reader.json.nextKey() {
            switch key {
            case "status": reply.status = try reader.status(key)?.training ?? .unknown
            case "_id": reply.id = try reader.text(key)
            case "modifiedOn": reply.modifiedOn = try reader.time(key)
            case "message": message = try reader.remark()
            default: try reader.other(key)
            }
        }
        if reply.status == .failed { reply.reason = FailureReason.of(message: message) }
        return reader.saysSomething ? reply : nil
    }
}

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

extension StartedTraining: PlatformReply {
    /// The documented reply is an array with one object.
    package static var mayStandInArray: Bool { true }

    package static func read(from reader: inout ReplyReader) throws(JSONSyntaxError) -> StartedTraining? {
        var reply = StartedTraining()
        while let key = try reader.json.nextKey() {
            switch key {
            case "Training_ID": reply.id = try reader.text(key)
            case "message": reply.message = try reader.text(key)
            // Not documented here; an error body has it beside its message.
            case "status": _ = try reader.status(key)
            default: try reader.other(key)
            }
        }
        guard reply.id != nil || !reader.looksLikeError else { return nil }
        return reader.saysSomething ? reply : nil
    }
}
