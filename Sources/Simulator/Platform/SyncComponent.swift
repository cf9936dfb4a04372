/// A part of a bot that its model can be out of step with: what follows `isMlInSyncWith` in a reply.
package struct SyncComponent: Sendable, Hashable {
    /// As the reply spells it: `UBTraining`.
    package let wireName: String

    private init(known wireName: String) {
        self.wireName = wireName
    }

    /// - Parameter name: The wire's spelling or the snake case of it that labels use: `UBTraining`, `ub_training`. A
    ///   name that is not known is taken as it stands: the platform grows new flags.
    package init(_ name: String) {
        wireName = Self.snakeCase[name] ?? name
    }

    /// The flags of a reply about a training that is running or failed, in the documented order.
    static let whileUnfinished = [
        "Sentences", "Synonyms", "Mlparams", "Traits", "SmallTalk", "UBTraining",
    ].map(SyncComponent.init(known:))

    /// The flags of a reply about a finished training, in the documented order.
    static let whenFinished =
        whileUnfinished + ["EntityNode", "IntentNode", "Patterns", "BTUtterances"].map(SyncComponent.init(known:))

    /// The flags that old versions have in any reply.
    static let old = Array(whileUnfinished.prefix(4))

    private static let snakeCase = [
        "sentences": "Sentences", "synonyms": "Synonyms", "mlparams": "Mlparams", "traits": "Traits",
        "small_talk": "SmallTalk", "ub_training": "UBTraining", "entity_node": "EntityNode",
        "intent_node": "IntentNode", "patterns": "Patterns", "bt_utterances": "BTUtterances",
    ]
}

extension SyncComponent: Codable, ExpressibleByStringLiteral {
    package init(stringLiteral value: String) {
        self.init(value)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let name = try container.decode(String.self)
        guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "expected a component such as sentences or UBTraining, found \"\(name)\""
            )
        }
        self.init(name)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wireName)
    }
}
