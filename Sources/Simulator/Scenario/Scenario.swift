import Yams

/// What a ``Simulator`` plays: bots, the credentials that may ask about them, and what happens to them over time.
///
/// All durations of a scenario, also the rate limits' windows, are scenario time: ``speed`` of its seconds pass in one
/// real second. The times in replies are real, so that they agree with an exporter's clock.
package struct Scenario: Sendable, Hashable {
    /// The seed of all random values. The same seed gives the same day.
    package var seed: UInt64 = 1
    /// Scenario seconds in a real second; above 0 and at most 1,000,000.
    package var speed = 1.0
    /// The path before `/api/public`: empty, or `/` and a word, without a slash at the end.
    package var pathPrefix = ""
    package var limits = Limits()
    package var credentials: [Credential] = []
    package var botList = BotList()
    package var bots: [Bot] = []
}

extension Scenario: Keyed {
    mutating func read(_ keys: inout KeyReader) {
        keys.read("seed", &seed)
        keys.read("speed", &speed)
        keys.read("path_prefix", &pathPrefix)
        keys.read("limits", &limits)
        keys.read("credentials", &credentials)
        keys.read("bot_list", &botList)
        keys.require("bots", &bots)
    }
}

/// Why a scenario cannot be played.
package struct ScenarioError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where in the file, what was expected and what was found.
    package var message: String
    package var description: String { message }

    init(_ message: String) { self.message = message }
}

extension Scenario {
    /// Reads a scenario.
    ///
    /// - Parameters:
    ///   - yaml: The file's text.
    ///   - file: The file's name, for errors.
    /// - Throws: ``ScenarioError`` with the file, and with line and column where they are known.
    package init(yaml: String, file: String = "scenario") throws(ScenarioError) {
        let node: Node?
        do {
            node = try Yams.compose(yaml: yaml)
        } catch {
            throw ScenarioError("\(file): expected YAML: \(error)")
        }
        guard let node else {
            throw ScenarioError("\(file): expected a mapping with bots:, found an empty file")
        }
        do {
            self = try YAMLDecoder().decode(Scenario.self, from: node)
        } catch let error as DecodingError {
            throw Self.explain(error, in: node, file: file)
        } catch {
            throw ScenarioError("\(file): \(error)")
        }
        do throws(ScenarioError) { try validate() } catch { throw ScenarioError("\(file): \(error.message)") }
    }

    private static func explain(_ error: DecodingError, in root: Node, file: String) -> ScenarioError {
        var node = root
        var mark = root.mark
        for key in error.path {
            if let index = key.intValue, let sequence = node.sequence, sequence.indices.contains(index) {
                node = sequence[index]
                mark = node.mark ?? mark
            } else if let pair = node.mapping?.first(where: { $0.key.string == key.stringValue }) {
                node = pair.value
                mark = pair.key.mark ?? mark
            }
        }
        let at = mark.map { ":\($0.line):\($0.column)" } ?? ""
        let place = error.place.isEmpty ? "" : "\(error.place): "
        return ScenarioError("\(file)\(at): \(place)\(error.explanation)")
    }
}

extension Scenario {
    /// Checks what the types do not rule out.
    ///
    /// - Throws: ``ScenarioError`` that names the key.
    package func validate() throws(ScenarioError) {
        guard speed > 0, speed <= 1_000_000 else {
            throw ScenarioError("speed: expected above 0 and at most 1000000, found \(speed)")
        }
        guard pathPrefix.isEmpty || (pathPrefix.hasPrefix("/") && !pathPrefix.hasSuffix("/")) else {
            throw ScenarioError("path_prefix: expected nothing, or \"/\" and a word, found \"\(pathPrefix)\"")
        }
        guard limits.perMinute > 0, limits.perHour > 0 else {
            throw ScenarioError("limits: expected per_minute and per_hour above 0; enabled: false turns limits off")
        }
        guard (400...499).contains(limits.status) else {
            throw ScenarioError("limits.status: expected 400 to 499, found \(limits.status)")
        }
        try botList.validate()
        try requireUnique(credentials.map(\.name), "credentials[].name")
        try requireUnique(credentials.map(\.clientID), "credentials[].client_id")
        try requireUnique(credentials.flatMap(\.tokens), "credentials[].tokens", shown: false)
        try requireUnique(bots.map(\.id), "bots[].id")
        try requireUnique(bots.map(\.name), "bots[].name")
        for (index, bot) in bots.enumerated() {
            try validate(bot, "bots[\(index)] (\(bot.name))")
        }
    }

    private func validate(_ bot: Bot, _ place: String) throws(ScenarioError) {
        guard !bot.id.isEmpty, !bot.id.contains("/") else {
            throw ScenarioError("\(place).id: expected a word without a slash, found \"\(bot.id)\"")
        }
        guard !bot.languages.isEmpty else { throw ScenarioError("\(place).languages: expected at least one") }
        guard !bot.states.isEmpty else { throw ScenarioError("\(place).states: expected at least one") }
        guard bot.exportStatusErrors >= 0 else {
            throw ScenarioError("\(place).export_status_errors: expected 0 or more, found \(bot.exportStatusErrors)")
        }
        guard bot.brokenDownloads >= 0 else {
            throw ScenarioError("\(place).broken_downloads: expected 0 or more, found \(bot.brokenDownloads)")
        }
        for name in bot.credentials where !credentials.contains(where: { $0.name == name }) {
            throw ScenarioError("\(place).credentials: expected the name of one of credentials:, found \"\(name)\"")
        }
        for (index, step) in bot.timeline.enumerated() {
            let place = "\(place).timeline[\(index)]"
            if let every = step.every, every < .seconds(1) || every.divided(bySpeed: speed) < .milliseconds(1) {
                throw ScenarioError("\(place).every: expected at least 1s, and at least a real millisecond")
            }
            let (language, state): (String?, Platform.State?) =
                switch step.action {
                case .train(let training): (training.language, training.state)
                case .drift(let drift): (drift.language, drift.state)
                case .export(let export): (nil, export.state)
                case .publish, .unpublish, .dropFlags, .neverTrained: (nil, nil)
                }
            if let language, !bot.languages.contains(language) {
                throw ScenarioError(
                    "\(place): expected one of the bot's languages (\(bot.languages.joined(separator: ", "))), "
                        + "found \"\(language)\""
                )
            }
            if let state, !bot.states.contains(state) {
                throw ScenarioError("\(place): expected one of the bot's states, found \"\(state.rawValue)\"")
            }
        }
    }

    private func requireUnique(_ names: [String], _ key: String, shown: Bool = true) throws(ScenarioError) {
        var seen: Set<String> = []
        for name in names where !seen.insert(name).inserted {
            throw ScenarioError("\(key): expected each once, found \(shown ? "\"\(name)\"" : "one") twice")
        }
    }
}
