/// An HTTP reply before it meets a socket.
struct Reply: Sendable, Hashable {
    struct Header: Sendable, Hashable {
        var name: String
        var value: String
    }

    /// The HTTP status, 200 to 599.
    var status: Int
    var headers: [Header]
    var body: [UInt8]

    init(status: Int = 200, headers: [Header], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    init(status: Int = 200, json: JSON) {
        self.init(status: status, headers: [Self.jsonHeader], body: json.bytes)
    }

    init(status: Int = 200, html: String) {
        self.init(
            status: status,
            headers: [Header(name: "Content-Type", value: "text/html; charset=utf-8")],
            body: Array(html.utf8)
        )
    }

    static let jsonHeader = Header(name: "Content-Type", value: "application/json; charset=utf-8")
}

/// The platform's error replies, as its documentation and public clients know them.
extension Reply {
    /// `{"errors":[{"msg":"…","code":…}]}`, the usual body.
    static func error(_ status: Int, code: Int, _ message: String) -> Reply {
        Reply(status: status, json: ["errors": [["msg": .string(message), "code": .integer(code)]]])
    }

    /// The token is missing, wrong, or for another bot.
    static let invalidCredentials = error(401, code: 4002, "Invalid SDK credentials")
    /// The header is no JWT at all.
    static let invalidToken = error(401, code: 401, "Invalid JWT token")
    /// The app lacks the call's API scope. Not 403, and the code of a wrong token.
    static let scopeMissing = error(401, code: 4002, "Permission denied. Scope is incorrect!")
    /// The app takes encrypted tokens only.
    static let encryptionRequired = error(400, code: 400, "Invalid token. Please send an encrypted token (JWE)")
    /// An admin credential asked about a bot that is not there.
    static let invalidStream = error(400, code: 400, "Invalid StreamId")
    static let methodNotAllowed = error(405, code: 405, "Method Not Allowed")
    static let invalidArguments = error(412, code: 412, "Validation errors/ Invalid arguments")
    static let internalError = error(500, code: 500, "Internal Server Error")
    static let notFound = error(404, code: 404, "Not Found")

    /// The token was rejected over its `exp` or `jti`.
    static func jwtRejected(_ why: String) -> Reply {
        error(401, code: 401, "error verifying the jwt: \(why)")
    }

    /// What a proxy in front of the platform answers.
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

/// The replies about trainings, member for member as the documentation has them.
extension Reply {
    static func mlTrainingStatus(_ training: TrainingRecord, of bot: BotRecord) -> Reply {
        let word: JSON =
            switch (training.status, bot.scenario.spelling) {
            case (.never, .siblings), (.queued, .siblings): "queued"
            case (.never, _), (.queued, _): "Waiting"
            case (.inProgress, .documented): "Inprogress"
            case (.inProgress, .seen): "In Progress"
            case (.inProgress, .siblings): "running"
            case (.finished, .siblings): "completed"
            case (.finished, _): "Finished"
            case (.failed, .siblings): "error"
            case (.failed, _): "Failed"
            }
        var members = [JSON.Member(key: "trainingStatus", value: word)]
        for component in bot.flags(while: training.status) {
            let inSync = !training.outOfSync.contains(component)
            members.append(JSON.Member(key: "isMlInSyncWith\(component.wireName)", value: .bool(inSync)))
        }
        if training.status == .finished, training.details != .absent {
            let details: JSON = [
                "nlpVersion": .integer(training.nlpVersion),
                "trainVersion": .integer(training.trainVersion),
            ]
            members.append(JSON.Member(key: "trainDetails", value: details))
        }
        return Reply(json: .object(members))
    }

    static func faqTrainingStatus(_ training: TrainingRecord, of bot: BotRecord) -> Reply {
        let (message, status): (JSON, JSON) =
            switch (training.status, bot.scenario.spelling) {
            case (.never, .siblings), (.queued, .siblings): ("accepted", "accepted")
            case (.never, .seen), (.queued, .seen), (.inProgress, .seen): ("In-Progress", "In-Progress")
            case (.inProgress, .siblings): ("running", "running")
            case (.never, _), (.queued, _), (.inProgress, _): ("in-progress", "in-progress")
            case (.finished, .documented): ("Success", "success")
            case (.finished, .seen): ("Success", "Success")
            case (.finished, .siblings): ("completed", "completed")
            case (.failed, .documented): ("failure", "failure")
            case (.failed, .seen): ("Failure", "FAILURE")
            case (.failed, .siblings): ("error", "error")
            }
        return Reply(json: [
            "_id": .string(training.documentID),
            "message": training.status == .failed ? training.message.map { .string($0) } ?? message : message,
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

/// The replies about exports and the list of bots, member for member as the documentation has them.
extension Reply {
    static func exportStatus(
        _ job: ExportJob,
        of bot: Scenario.Bot,
        filesURL: String,
        at now: SimulatorTime
    ) -> Reply {
        let status: JSON =
            switch (job.status, bot.spelling) {
            case (.pending, .documented): "PENDING"
            case (.pending, .seen): "pending"
            case (.pending, .siblings): "queued"
            case (.inProgress, .siblings): "running"
            case (.inProgress, _): "IN_PROGRESS"
            case (.success, .siblings): "completed"
            case (.success, _): "SUCCESS"
            case (.failed, .documented): "FAILED"
            case (.failed, .seen): "failure"
            case (.failed, .siblings): "error"
            }
        // The steps of the sibling jobs' logs.
        let steps = job.status == .failed ? job.failedStep.map { ["Collecting utterances", $0] } ?? [] : []
        let logs = steps.enumerated().map { index, name -> JSON in
            ["taskType": "ML_UTTERANCE", "taskName": .string(name), "status": index == 0 ? "SUCCESS" : "FAILED"]
        }
        let progress = job.progress(at: now)
        var members: [JSON.Member] = [
            .init(key: "_id", value: .string(job.id)),
            .init(key: "status", value: status),
            .init(key: "percentageComplete", value: .integer(progress.percent)),
            .init(key: "streamId", value: .string(bot.id)),
            .init(key: "createdBy", value: .string(job.createdBy)),
            .init(key: "jobType", value: "ML_UTTERANCE"),
            .init(key: "action", value: "EXPORT"),
            .init(key: "countOfDockStatuses", value: 1),
            .init(key: "fileType", value: .string(job.fileType.rawValue.uppercased())),
            .init(key: "statusLogs", value: .array(logs)),
            .init(
                key: "lMod",
                value: .string((job.staleModifiedOn ?? progress.modifiedOn).description)
            ),
            .init(key: "createdOn", value: .string(job.createdOn.description)),
            // A millisecond after createdOn, as in the documented reply to an export's start.
            .init(key: "requestedTime", value: .string((job.requestedAt + .milliseconds(1)).description)),
            .init(key: "__v", value: 0),
        ]
        if job.status == .success {
            let link = job.hasFile ? "\(filesURL)/\(job.fileName)" : ""
            members.append(.init(key: bot.downloadKey.rawValue, value: .string(link)))
        }
        return Reply(json: .object(members))
    }

    /// The real reply has each app's secret in it; so has this one, with made-up ones that a test can look for.
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

/// The replies about publishes, member for member as the documentation has them.
extension Reply {
    static func publishStatus(_ job: PublishJob, of bot: Scenario.Bot, at now: SimulatorTime) -> Reply {
        let siblings = bot.spelling == .siblings
        let status: JSON =
            switch job.status {
            case .awaitingApproval, .inProgress: siblings ? "running" : "inprogress"
            case .queued: siblings ? "queued" : "inprogress"
            case .successful: siblings ? "passed" : "successful"
            case .failed: siblings ? "error" : "failed"
            }
        let progress = job.progress(at: now)
        var members: [JSON.Member] = [
            .init(key: "_id", value: .string(job.id)),
            .init(key: "action", value: "RUN"),
            .init(key: "jobType", value: "PUBLISH_BOT"),
            .init(key: "streamId", value: .string(bot.id)),
            .init(key: "percentageComplete", value: .integer(progress.percent)),
            .init(key: "requestedTime", value: .string(job.requestedAt.description)),
            .init(key: "status", value: status),
            .init(key: "lastModifiedOn", value: .string(progress.modifiedOn.description)),
        ]
        if let initiatedAt = job.initiatedAt {
            members.append(.init(key: "initiatedOn", value: .string(initiatedAt.description)))
        }
        let parts = job.summary(at: now).map { part -> JSON in
            [
                "resourceId": .string(part.type == "dialog" ? job.dialogID : part.type),
                "resourceType": .string(part.type),
                "name": .string(partName(part.type, of: bot)),
                "status": part.failed ? "FAILED" : "SUCCESS",
            ]
        }
        members.append(.init(key: "statusSummary", value: .array(parts)))
        return Reply(json: .object(members))
    }

    /// The reply to `POST …/publish`: its parts, without the publish's id. It is the dialog's `result` that says whether
    /// an administrator has to approve.
    static func publishStarted(_ job: PublishJob, of bot: Scenario.Bot) -> Reply {
        var dialog: [JSON.Member] = [
            .init(key: "state", value: job.status == .awaitingApproval ? "awaitingApproval" : "published")
        ]
        if job.status == .awaitingApproval {
            let languages = JSON.array(bot.languages.map { .string($0) })
            dialog.append(.init(key: "approvalRequestedLanguages", value: languages))
        }
        dialog += [
            .init(key: "versionComment", value: .string(job.comment)),
            .init(key: "publishedOn", value: .string(job.requestedAt.description)),
            .init(key: "name", value: .string(bot.name)),
        ]
        let others = job.plan.parts.filter { !["SETTINGS", "AUTOVERSIONING", "dialog", "EXTENSIONS"].contains($0) }
        let parts: [JSON] =
            [
                [
                    "resourceType": "dialog", "resourceId": .string(job.dialogID),
                    "sbResourceId": .string(job.dialogID), "status": "SUCCESS", "result": .object(dialog),
                ]
            ]
            + (others + ["EXTENSIONS"]).map { type in
                [
                    "resourceType": .string(type), "status": "SUCCESS",
                    "result": [
                        "resourceId": .string(type), "resourceType": .string(type),
                        "name": .string(partName(type, of: bot)),
                    ],
                ]
            }
        return Reply(json: .array(parts))
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
