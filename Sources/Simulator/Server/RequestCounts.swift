/// What a ``Simulator`` was asked, and how.
package struct RequestCounts: Sendable, Hashable, Encodable {
    /// Of one method, path and query.
    package struct Target: Sendable, Hashable, Encodable {
        package var count = 0
        package var inFlight = 0
        /// The most requests that were in flight at once. Above 1 a client asked again before it had its answer.
        package var maxInFlight = 0
        /// Of the last reply; 0 where it was none.
        package var lastStatus = 0
        package var lastAt: SimulatorTime?
        /// The longest time between the beginnings of two requests, in milliseconds.
        package var longestGapMilliseconds: Int64 = 0

        enum CodingKeys: String, CodingKey {
            case count
            case inFlight = "in_flight"
            case maxInFlight = "max_in_flight"
            case lastStatus = "last_status"
            case lastAt = "last_at"
            case longestGapMilliseconds = "longest_gap_ms"
        }
    }

    package var total = 0
    package var inFlight = 0
    package var maxInFlight = 0
    /// By `endpoint`'s raw value.
    package var byEndpoint: [String: Int] = [:]
    /// By bot id, of known bots.
    package var byBot: [String: Int] = [:]
    /// By HTTP status; 0 for none.
    package var byStatus: [String: Int] = [:]
    /// By `GET /api/public/…?…`. At most 20,000; requests beyond are counted under `other`.
    package var targets: [String: Target] = [:]
    /// Requests that followed a redirect, which no client that carries a token should.
    package var redirectsFollowed = 0
    package var openConnections = 0
    package var maxOpenConnections = 0
    package var acceptedConnections = 0

    enum CodingKeys: String, CodingKey {
        case total, targets
        case inFlight = "in_flight"
        case maxInFlight = "max_in_flight"
        case byEndpoint = "by_endpoint"
        case byBot = "by_bot"
        case byStatus = "by_status"
        case redirectsFollowed = "redirects_followed"
        case openConnections = "open_connections"
        case maxOpenConnections = "max_open_connections"
        case acceptedConnections = "accepted_connections"
    }
}
