/// The replies about exports and the list of bots, member for member as the documentation has them.
extension Reply {
    static func exportStatus(
        _ job: ExportJob,
        of bot: Scenario.Bot,
        filesURL: String,
        at now: SimulatorTime
    ) -> Reply {
        let seen = bot.spelling == .seen
        let status: JSON =
            switch job.status {
            case .pending: seen ? "pending" : "PENDING"
            case .inProgress: "IN_PROGRESS"
            case .success: "SUCCESS"
            case .failed: seen ? "failure" : "FAILED"
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
            .init(key: "statusLogs", value: []),
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
            members.append(.init(key: "downloadUrl", value: .string(link)))
        }
        return Reply(json: .object(members))
    }

    /// The real reply has each app's secret in it; so has this one, with made-up ones that a test can look for.
    static func botList(_ bots: [Scenario.Bot], total: Int, availableMore: Bool) -> Reply {
        Reply(json: [
            "total": .integer(total),
            "availableMore": .bool(availableMore),
            "bots": .array(
                bots.map { bot in
                    [
                        "_id": .string(bot.id),
                        "name": .string(bot.name),
                        "status": bot.states.contains(.published) ? "published" : "configured",
                        "defaultLanguage": .string(bot.languages.first ?? ""),
                        "type": "default",
                        "clientId": .string("cs-of-\(bot.id)"),
                        "clientSecret": .string("client-secret-of-\(bot.id)"),
                    ]
                }
            ),
        ])
    }
}
