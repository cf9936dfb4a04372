extension Scenario {
    /// How long something takes, in scenario time.
    package enum Takes: Sendable, Hashable {
        case fixed(Duration)
        /// Drawn from a log-normal distribution; `sigma` is that of the logarithm, 0 to 3.
        case logNormal(median: Duration, sigma: Double)
    }
}

extension Scenario.Takes: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case median
        case sigma
    }

    package init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            guard let parsed = PrometheusDuration(text) else {
                throw DecodingError.dataCorrupted(
                    DecodingError.Context(
                        codingPath: decoder.codingPath,
                        debugDescription:
                            "expected a duration such as 1m30s, or {median: 3m, sigma: 0.5}, found \"\(text)\""
                    )
                )
            }
            self = .fixed(parsed.duration)
            return
        }
        let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
        let sigma = try container.decode(Double.self, forKey: .sigma)
        guard (0...3).contains(sigma) else {
            throw DecodingError.dataCorruptedError(
                forKey: .sigma,
                in: container,
                debugDescription: "expected 0 to 3, found \(sigma)"
            )
        }
        self = .logNormal(
            median: try container.decode(PrometheusDuration.self, forKey: .median).duration,
            sigma: sigma
        )
    }
}
