/// The replies about trainings, member for member as the documentation has them.
extension Reply {
    static func mlTrainingStatus(_ training: TrainingRecord, of bot: BotRecord) -> Reply {
        let word: JSON =
            switch training.status {
            case .never, .queued: "Waiting"
            case .inProgress: bot.scenario.spelling == .seen ? "In Progress" : "Inprogress"
            case .finished: "Finished"
            case .failed: "Failed"
            }
        var members = [JSON.Member(key: "trainingStatus", value: word)]
        for component in bot.flags(while: training.status) {
            let inSync = !training.outOfSync.contains(component)
            members.append(JSON.Member(key: "isMlInSyncWith\(component.wireName)", value: .bool(inSync)))
        }
        if training.status == .finished {
            let details: JSON = [
                "nlpVersion": .integer(training.nlpVersion),
                "trainVersion": .integer(training.trainVersion),
            ]
            members.append(JSON.Member(key: "trainDetails", value: details))
        }
        return Reply(json: .object(members))
    }

    static func faqTrainingStatus(_ training: TrainingRecord, of bot: BotRecord) -> Reply {
        let seen = bot.scenario.spelling == .seen
        let (message, status): (JSON, JSON) =
            switch training.status {
            case .never, .queued, .inProgress: seen ? ("In-Progress", "In-Progress") : ("in-progress", "in-progress")
            case .finished: seen ? ("Success", "Success") : ("Success", "success")
            case .failed: seen ? ("Failure", "FAILURE") : ("failure", "failure")
            }
        return Reply(json: [
            "_id": .string(training.documentID),
            "message": message,
            "status": status,
            "__v": 0,
            "modifiedOn": .string(training.modifiedOn.description),
            "lastModifiedBy": "u-5d000000-b001-5000-a008-2e0000000000",
        ])
    }

    /// The reply to `POST …/ml/train`. What it says about one that runs already is not documented.
    static func mlTrainingStarted(_ training: TrainingRecord, anew: Bool) -> Reply {
        Reply(json: [
            [
                "message": anew ? "Training Queued." : "Training is already in progress.",
                "Training_ID": .string(training.runID),
            ]
        ])
    }

    /// The reply to `POST …/faqs/train`. Its `_id` is of another kind than the status reply's, as in the samples.
    static func faqTrainingStarted(_ training: TrainingRecord) -> Reply {
        Reply(json: [
            "_id": .string("ds-\(training.runID)"),
            "message": "in-progress",
            "status": "in-progress",
            "modifiedOn": .string(training.modifiedOn.description),
        ])
    }

    static func never(_ reply: Scenario.NeverReply) -> Reply {
        switch reply {
        case .empty: Reply(json: [:])
        case .badRequest: error(400, code: 400, "Bad Request")
        case .notFound: notFound
        case .serverError: internalError
        }
    }
}
