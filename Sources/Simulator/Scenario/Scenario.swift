/// What a ``Simulator`` plays: bots, who may ask about them, and what happens to them over time.
///
/// All durations of a scenario, the rate limits' windows among them, are scenario time: ``speed`` of its seconds pass
/// in one real second. The times in replies are real, so that an exporter sees a consistent world.
package struct Scenario: Sendable, Hashable {
    /// Of everything that is drawn by lot. The same seed gives the same day.
    package var seed: UInt64
    /// Scenario seconds in a real second; above 0 and at most 1,000,000.
    package var speed: Double
    /// What stands before `/api/public` in every path: empty, or `/` and a word, with no slash at the end.
    package var pathPrefix: String
    package var limits: Limits
    package var credentials: [Credential]
    package var bots: [Bot]

    package init(
        seed: UInt64 = 1,
        speed: Double = 1,
        pathPrefix: String = "",
        limits: Limits = Limits(),
        credentials: [Credential] = [],
        bots: [Bot] = []
    ) {
        self.seed = seed
        self.speed = speed
        self.pathPrefix = pathPrefix
        self.limits = limits
        self.credentials = credentials
        self.bots = bots
    }
}

extension Scenario: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case seed
        case speed
        case pathPrefix = "path_prefix"
        case limits
        case credentials
        case bots
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
        self.init(
            seed: try container.decode(UInt64.self, forKey: .seed, default: 1),
            speed: try container.decode(Double.self, forKey: .speed, default: 1),
            pathPrefix: try container.decode(String.self, forKey: .pathPrefix, default: ""),
            limits: try container.decode(Limits.self, forKey: .limits, default: Limits()),
            credentials: try container.decode([Credential].self, forKey: .credentials, default: []),
            bots: try container.decode([Bot].self, forKey: .bots)
        )
    }
}
