/// A bot as the admin path shows it.
struct BotReport: Encodable {
    struct Training: Encodable {
        var engine: Platform.Engine
        var language: String
        var state: Platform.State
        var status: String
        var trainVersion: Int
        var outOfSync: [SyncComponent]

        enum CodingKeys: String, CodingKey {
            case engine, language, state, status
            case trainVersion = "train_version"
            case outOfSync = "out_of_sync"
        }
    }

    var id: String
    var name: String
    var trainings: [Training]
    /// `nil`: there never was one.
    var export: String?
    /// `nil`: there never was one.
    var publish: String?
    var published: Bool

    init(_ bot: BotRecord) {
        id = bot.scenario.id
        name = bot.scenario.name
        trainings = bot.trainings.sorted { BotRecord.order($0.key, $1.key) }.map { key, record in
            Training(
                engine: key.engine,
                language: key.language,
                state: key.state,
                status: "\(record.status)",
                trainVersion: record.trainVersion,
                outOfSync: record.outOfSync.sorted { $0.wireName < $1.wireName }
            )
        }
        export = bot.export.map { "\($0.status)" }
        publish = (bot.awaitedPublish ?? bot.publish)?.status.rawValue
        published = bot.isPublished
    }
}

/// A fault as the admin path shows it.
struct FaultReport: Encodable {
    var id: Int
    var fault: String
    var match: FaultMatch
    /// `nil`: until it is removed.
    var remaining: Int?
    var hits: Int

    init(_ rule: FaultTable.Rule) {
        id = rule.id
        fault = "\(rule.fault)"
        match = rule.match
        remaining = rule.remaining
        hits = rule.hits
    }
}
