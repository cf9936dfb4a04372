/// An HTTP reply, apart from the connection that sends it.
struct Reply: Sendable, Hashable {
    struct Header: Sendable, Hashable {
        var name: String
        var value: String

        static let json = Header(name: "Content-Type", value: "application/json; charset=utf-8")
        static let html = Header(name: "Content-Type", value: "text/html; charset=utf-8")
    }

    /// The HTTP status, 200 to 599.
    var status = 200
    var headers: [Header]
    var body: [UInt8]
}

extension Reply {
    init(status: Int = 200, json: JSON) {
        self.init(status: status, headers: [.json], body: json.bytes)
    }

    init(status: Int = 200, html: String) {
        self.init(status: status, headers: [.html], body: Array(html.utf8))
    }
}

/// The platform's error replies, as its documentation and public clients show them.
extension Reply {
    /// The usual error body, `{"errors":[{"msg":"…","code":…}]}`.
    static func error(_ status: Int, code: Int, _ message: String) -> Reply {
        Reply(status: status, json: ["errors": [["msg": .string(message), "code": .integer(code)]]])
    }

    /// The token is missing, wrong, or for another bot.
    static let invalidCredentials = error(401, code: 4002, "Invalid SDK credentials")
    /// The header is not a JWT.
    static let invalidToken = error(401, code: 401, "Invalid JWT token")
    /// The app lacks the call's API scope. The status is not 403, and the code is that of a wrong token.
    static let scopeMissing = error(401, code: 4002, "Permission denied. Scope is incorrect!")
    /// The app accepts only encrypted tokens.
    static let encryptionRequired = error(400, code: 400, "Invalid token. Please send an encrypted token (JWE)")
    /// An admin credential asked about a bot that does not exist.
    static let invalidStream = error(400, code: 400, "Invalid StreamId")
    static let methodNotAllowed = error(405, code: 405, "Method Not Allowed")
    static let invalidArguments = error(412, code: 412, "Validation errors/ Invalid arguments")
    static let internalError = error(500, code: 500, "Internal Server Error")
    static let notFound = error(404, code: 404, "Not Found")

    /// The token was rejected over its `exp` or `jti`, or because it is not encrypted.
    static func jwtRejected(_ why: String) -> Reply {
        error(401, code: 401, "error verifying the jwt: \(why)")
    }

    /// The page of a proxy in front of the platform.
    static let unavailablePage = Reply(
        status: 503,
        html: """
            <html><head><title>503 Service Temporarily Unavailable</title></head>\
            <body><center><h1>503 Service Temporarily Unavailable</h1></center></body></html>
            """
    )
    /// A sign-in page where JSON was expected.
    static let signInPage = Reply(
        html: "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>"
    )
}

extension Scenario.Spelling {
    /// A status in the bot's spelling.
    ///
    /// - Parameter seen: The word that public code has met; `nil` where it is the documented one.
    fileprivate func word(_ documented: String, seen: String? = nil, siblings: String) -> JSON {
        switch self {
        case .documented: .string(documented)
        case .seen: .string(seen ?? documented)
        case .siblings: .string(siblings)
        }
    }
}

/// The replies about trainings, with the members that the documentation shows.
extension Reply {
    static func mlTrainingStatus(_ training: TrainingRecord, of bot: BotRecord) -> Reply {
        let spelling = bot.scenario.spelling
        let status =
            switch training.status {
            case .never, .queued: spelling.word("Waiting", siblings: "queued")
            case .inProgress: spelling.word("Inprogress", seen: "In Progress", siblings: "running")
            case .finished: spelling.word("Finished", siblings: "completed")
            case .failed: spelling.word("Failed", siblings: "error")
            }
        var json: JSON = ["trainingStatus": status]
        for component in bot.flags(while: training.status) {
            json.append("isMlInSyncWith\(component.wireName)", .bool(!training.outOfSync.contains(component)))
        }
        if training.status == .finished, training.details != .absent {
            let versions: JSON = [
                "nlpVersion": .integer(training.nlpVersion), "trainVersion": .integer(training.trainVersion),
            ]
            json.append("trainDetails", versions)
        }
        return Reply(json: json)
    }

    static func faqTrainingStatus(_ training: TrainingRecord, of bot: BotRecord) -> Reply {
        let spelling = bot.scenario.spelling
        let inProgress = { spelling.word("in-progress", seen: "In-Progress", siblings: $0) }
        let (message, status) =
            switch training.status {
            case .never, .queued: (inProgress("accepted"), inProgress("accepted"))
            case .inProgress: (inProgress("running"), inProgress("running"))
            case .finished:
                (
                    spelling.word("Success", siblings: "completed"),
                    spelling.word("success", seen: "Success", siblings: "completed")
                )
            case .failed:
                (
                    training.message.map { .string($0) }
                        ?? spelling.word("failure", seen: "Failure", siblings: "error"),
                    spelling.word("failure", seen: "FAILURE", siblings: "error")
                )
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

    /// The reply to `POST …/ml/train`. The message about a training that runs already is not documented.
    static func mlTrainingStarted(_ training: TrainingRecord, anew: Bool) -> Reply {
        Reply(json: [
            [
                "message": anew ? "Training Queued." : "Training is already in progress.",
                "Training_ID": .string(training.runID),
            ]
        ])
    }

    /// The reply to `POST …/faqs/train`. Its `_id` differs in kind from that of the status reply, as in the samples.
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

/// The replies about exports and the list of bots, with the members that the documentation shows.
extension Reply {
    static func exportStatus(_ job: ExportJob, of bot: Scenario.Bot, filesURL: String, at now: SimulatorTime) -> Reply {
        let status =
            switch job.status {
            case .pending: bot.spelling.word("PENDING", seen: "pending", siblings: "queued")
            case .inProgress: bot.spelling.word("IN_PROGRESS", siblings: "running")
            case .success: bot.spelling.word("SUCCESS", siblings: "completed")
            case .failed: bot.spelling.word("FAILED", seen: "failure", siblings: "error")
            }
        // The step names are those in the logs of sibling jobs.
        let steps = job.status == .failed ? job.plan.failedStep.map { ["Collecting utterances", $0] } ?? [] : []
        let logs = steps.enumerated().map { index, name -> JSON in
            ["taskType": "ML_UTTERANCE", "taskName": .string(name), "status": index == 0 ? "SUCCESS" : "FAILED"]
        }
        let progress = job.progress(at: now)
        var json: JSON = [
            "_id": .string(job.id),
            "status": status,
            "percentageComplete": .integer(progress.percent),
            "streamId": .string(bot.id),
            "createdBy": .string(job.createdBy),
            "jobType": "ML_UTTERANCE",
            "action": "EXPORT",
            "countOfDockStatuses": 1,
            "fileType": .string(job.fileType.rawValue.uppercased()),
            "statusLogs": .array(logs),
            "lMod": .string((job.staleModifiedOn ?? progress.modifiedOn).description),
            "createdOn": .string(job.createdOn.description),
            // A millisecond after createdOn, as in the documented reply to an export's start.
            "requestedTime": .string((job.requestedAt + .milliseconds(1)).description),
            "__v": 0,
        ]
        if job.status == .success {
            json.append(bot.downloadKey.rawValue, .string(job.plan.file ? "\(filesURL)/\(job.fileName)" : ""))
        }
        return Reply(json: json)
    }

    /// The list of bots. Like the real reply it has each app's secret, made up so that a test can look for it.
    static func botList(_ bots: some Sequence<BotRecord>, total: Int, availableMore: Bool) -> Reply {
        Reply(json: [
            "total": .integer(total),
            "availableMore": .bool(availableMore),
            "bots": .array(
                bots.map { bot in
                    [
                        "_id": .string(bot.scenario.id),
                        "name": .string(bot.listedAs),
                        "status": .string(bot.isPublished ? "published" : bot.scenario.unpublishedStatus),
                        "defaultLanguage": .string(bot.scenario.languages.first ?? ""),
                        "type": "default",
                        "createdOn": .string(bot.createdOn.description),
                        "clientId": .string("cs-of-\(bot.scenario.id)"),
                        "clientSecret": .string("client-secret-of-\(bot.scenario.id)"),
                    ]
                }
            ),
        ])
    }
}

/// The replies about publishes, with the members that the documentation shows.
extension Reply {
    static func publishStatus(_ job: PublishJob, of bot: Scenario.Bot, at now: SimulatorTime) -> Reply {
        let status =
            switch job.status {
            case .awaitingApproval, .inProgress: bot.spelling.word("inprogress", siblings: "running")
            case .queued: bot.spelling.word("inprogress", siblings: "queued")
            case .successful: bot.spelling.word("successful", siblings: "passed")
            case .failed: bot.spelling.word("failed", siblings: "error")
            }
        let progress = job.progress(at: now)
        var json: JSON = [
            "_id": .string(job.id),
            "action": "RUN",
            "jobType": "PUBLISH_BOT",
            "streamId": .string(bot.id),
            "percentageComplete": .integer(progress.percent),
            "requestedTime": .string(job.requestedAt.description),
            "status": status,
            "lastModifiedOn": .string(progress.modifiedOn.description),
        ]
        if let initiatedAt = job.initiatedAt { json.append("initiatedOn", .string(initiatedAt.description)) }
        let parts = job.summary(at: now).map { part -> JSON in
            [
                "resourceId": .string(part.type == "dialog" ? job.dialogID : part.type),
                "resourceType": .string(part.type),
                "name": .string(partName(part.type, of: bot)),
                "status": part.failed ? "FAILED" : "SUCCESS",
            ]
        }
        json.append("statusSummary", .array(parts))
        return Reply(json: json)
    }

    /// The reply to `POST …/publish`: the parts, without the publish's id. The `result` of the dialog says whether an
    /// administrator has to approve.
    static func publishStarted(_ job: PublishJob, of bot: Scenario.Bot) -> Reply {
        let isAwaiting = job.status == .awaitingApproval
        var result: JSON = ["state": isAwaiting ? "awaitingApproval" : "published"]
        if isAwaiting { result.append("approvalRequestedLanguages", .array(bot.languages.map { .string($0) })) }
        result.append("versionComment", .string(job.comment))
        result.append("publishedOn", .string(job.requestedAt.description))
        result.append("name", .string(bot.name))
        let dialog: JSON = [
            "resourceType": "dialog", "resourceId": .string(job.dialogID), "sbResourceId": .string(job.dialogID),
            "status": "SUCCESS", "result": result,
        ]
        let others = job.plan.parts.filter { !["SETTINGS", "AUTOVERSIONING", "dialog", "EXTENSIONS"].contains($0) }
        let parts = (others + ["EXTENSIONS"]).map { type -> JSON in
            [
                "resourceType": .string(type), "status": "SUCCESS",
                "result": [
                    "resourceId": .string(type), "resourceType": .string(type),
                    "name": .string(partName(type, of: bot)),
                ],
            ]
        }
        return Reply(json: .array([dialog] + parts))
    }

    private static func partName(_ type: String, of bot: Scenario.Bot) -> String {
        switch type {
        case "SETTINGS": "Settings"
        case "CHANNELS": "Channels"
        case "NL": "Natural Language"
        case "AUTOVERSIONING": "Creating New Version"
        case "EXTENSIONS": "Extensions"
        case "dialog": bot.name
        default: type
        }
    }
}
