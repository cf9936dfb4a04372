import FoundationEssentials

/// What Alertmanager posts to a webhook.
///
/// Source: https://prometheus.io/docs/alerting/latest/configuration/#webhook_config, version 4.
package struct AlertNotification: Sendable, Hashable, Decodable {
    package struct Alert: Sendable, Hashable, Decodable {
        /// `firing` or `resolved`.
        package var status: String
        package var labels: [String: String]
        package var startsAt: String
        package var fingerprint: String

        package init(status: String, labels: [String: String], startsAt: String, fingerprint: String) {
            self.status = status
            self.labels = labels
            self.startsAt = startsAt
            self.fingerprint = fingerprint
        }

        package var isFiring: Bool { status == "firing" }

        /// The same while one alert fires, another when it fires again after it was resolved.
        package var occurrence: String { fingerprint + "@" + startsAt }
    }

    package var version: String
    package var alerts: [Alert]

    /// - Throws: Where it is not version 4 of it.
    package init(json: [UInt8]) throws {
        self = try JSONDecoder().decode(AlertNotification.self, from: Data(json))
        guard version == "4" else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: [], debugDescription: "expected version 4, found another one")
            )
        }
    }
}
