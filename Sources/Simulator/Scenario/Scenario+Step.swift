extension Scenario {
    /// Something that happens to a bot, once or again and again.
    package struct Step: Sendable, Hashable {
        package enum Action: Sendable, Hashable {
            case train(Training)
            case drift(Drift)
            /// `nil`: as the bot's ``Scenario/Bot/onPublish``.
            case publish(Publish?)
            /// Takes the bot's published version away.
            case unpublish
            case export(Export)
            /// Finished replies leave these flags out from now on, and no others.
            case dropFlags([SyncComponent])
            /// Everything that is known of the bot's trainings, exports and publishes is forgotten.
            case neverTrained
        }

        /// After the simulator's start.
        package var at: Duration
        /// How often it happens again; at least a second of scenario time. `nil`: once.
        package var every: Duration?
        package var action: Action

        package init(at: Duration, every: Duration? = nil, _ action: Action) {
            self.at = at
            self.every = every
            self.action = action
        }
    }

    /// Components that change after the model was trained.
    package struct Drift: Sendable, Hashable {
        /// `nil`: the bot's default language.
        package var language: String?
        package var state: Platform.State
        package var components: [SyncComponent]

        package init(
            language: String? = nil,
            state: Platform.State = .configured,
            components: [SyncComponent] = ["sentences"]
        ) {
            self.language = language
            self.state = state
            self.components = components
        }
    }
}

extension Scenario.Step: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case at, every, train, drift, publish, unpublish, export
        case dropFlags = "drop_flags"
        case neverTrained = "never_trained"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
        var actions: [Action] = []
        if let training = try container.decodeIfPresent(Scenario.Training.self, forKey: .train) {
            actions.append(.train(training))
        }
        if let drift = try container.decodeIfPresent(Scenario.Drift.self, forKey: .drift) {
            actions.append(.drift(drift))
        }
        if let export = try container.decodeIfPresent(Scenario.Export.self, forKey: .export) {
            actions.append(.export(export))
        }
        if let isOwn = try? container.decodeIfPresent(Bool.self, forKey: .publish) {
            if isOwn { actions.append(.publish(nil)) }
        } else if let publish = try container.decodeIfPresent(Scenario.Publish.self, forKey: .publish) {
            actions.append(.publish(publish))
        }
        if let components = try container.decodeIfPresent([SyncComponent].self, forKey: .dropFlags) {
            actions.append(.dropFlags(components))
        }
        if try container.decode(Bool.self, forKey: .unpublish, default: false) { actions.append(.unpublish) }
        if try container.decode(Bool.self, forKey: .neverTrained, default: false) { actions.append(.neverTrained) }
        guard let action = actions.first, actions.count == 1 else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath,
                    debugDescription: "expected exactly one of train: {…}, drift: {…}, export: {…}, publish: true or "
                        + "{…}, unpublish: true, drop_flags: […] and never_trained: true, found \(actions.count)"
                )
            )
        }
        self.init(
            at: try container.decode(PrometheusDuration.self, forKey: .at).duration,
            every: try container.duration(forKey: .every),
            action
        )
    }
}

extension Scenario.Drift: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case language, state, components
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
        self.init(
            language: try container.decodeIfPresent(String.self, forKey: .language),
            state: try container.word(Platform.State.self, forKey: .state, default: .configured),
            components: try container.decode([SyncComponent].self, forKey: .components, default: ["sentences"])
        )
    }
}
