/// The bodies of the admin path's calls. Durations are real time.
enum AdminBody {
    /// Of `train`, `finish`, `fail`, `status`, `drift` and `sync`: each uses what concerns it.
    struct Training: Decodable {
        var engine: Platform.Engine
        /// `nil`: the bot's default language.
        var language: String?
        var state: Platform.State
        var queued: Duration?
        var takes: Duration?
        var outcome: Scenario.Training.Outcome
        var status: Simulator.TrainingStatus
        var components: [SyncComponent]?
        var message: String?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case engine, language, state, queued, takes, outcome, status, components, message
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
            engine = try container.word(Platform.Engine.self, forKey: .engine, default: .ml)
            language = try container.decodeIfPresent(String.self, forKey: .language)
            state = try container.word(Platform.State.self, forKey: .state, default: .configured)
            queued = try container.duration(forKey: .queued)
            takes = try container.duration(forKey: .takes)
            outcome = try container.word(Scenario.Training.Outcome.self, forKey: .outcome, default: .finished)
            status = try container.word(Simulator.TrainingStatus.self, forKey: .status, default: .finished)
            message = try container.decodeIfPresent(String.self, forKey: .message)
            components = try container.decodeIfPresent([SyncComponent].self, forKey: .components)
        }
    }

    struct Export: Decodable {
        var queued: Duration?
        var takes: Duration?
        var outcome: Scenario.Export.Outcome
        var file: Bool
        var failedStep: String?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case queued, takes, outcome, file
            case failedStep = "failed_step"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
            queued = try container.duration(forKey: .queued)
            takes = try container.duration(forKey: .takes)
            outcome = try container.word(Scenario.Export.Outcome.self, forKey: .outcome, default: .success)
            file = try container.decode(Bool.self, forKey: .file, default: true)
            failedStep = try container.decodeIfPresent(String.self, forKey: .failedStep)
        }
    }

    /// Of `publish` and its ends.
    struct Publish: Decodable {
        var plan: Platform.PublishPlan
        var comment: String
        /// `nil`: `NL` where it fails, none where it succeeds.
        var failsIn: [String]?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case queued, takes, outcome, parts, awaiting, comment
            case failsIn = "fails_in"
            case trains = "initiate_training"
            case needsApproval = "needs_approval"
            case approvedAfter = "approved_after"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
            let outcome = try container.word(Scenario.Publish.Outcome.self, forKey: .outcome, default: .success)
            failsIn = try container.decodeIfPresent([String].self, forKey: .failsIn)
            comment = try container.decode(String.self, forKey: .comment, default: "")
            plan = Platform.PublishPlan(
                queued: try container.duration(forKey: .queued),
                takes: try container.duration(forKey: .takes),
                outcome: outcome,
                parts: try container.decode(
                    [String].self,
                    forKey: .parts,
                    default: Scenario.Publish.documentedParts
                ),
                failedParts: failsIn ?? (outcome == .success ? [] : ["NL"]),
                trains: try container.decode(Bool.self, forKey: .trains, default: true),
                needsApproval: try container.decode(Bool.self, forKey: .needsApproval, default: false),
                approvedAfter: try container.duration(forKey: .approvedAfter),
                awaiting: try container.word(Scenario.Publish.Awaiting.self, forKey: .awaiting, default: .last)
            )
        }
    }

    struct Listing: Decodable {
        /// `nil`: as before.
        var name: String?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case name
        }

        init(from decoder: any Decoder) throws {
            name = try decoder.strictContainer(keyedBy: CodingKeys.self).decodeIfPresent(String.self, forKey: .name)
        }
    }

    struct Injection: Decodable {
        var fault: Fault
        var match: FaultMatch
        /// `nil`: until it is removed.
        var times: Int?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case fault, match, times
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
            fault = try container.decode(Fault.self, forKey: .fault)
            match = try container.decode(FaultMatch.self, forKey: .match, default: FaultMatch())
            times = try container.decodeIfPresent(Int.self, forKey: .times)
        }
    }

    struct Clock: Decodable {
        var advance: PrometheusDuration

        enum CodingKeys: String, CodingKey, CaseIterable {
            case advance
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
            advance = try container.decode(PrometheusDuration.self, forKey: .advance)
        }
    }

    struct Certificate: Decodable {
        var present: SimulatorConfiguration.TLS

        enum CodingKeys: String, CodingKey, CaseIterable {
            case present
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
            present = try container.word(SimulatorConfiguration.TLS.self, forKey: .present, default: .trusted)
        }
    }
}
