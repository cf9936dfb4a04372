import HTTPTypes

/// How long a probe may take.
enum ProbeTimeout {
    /// For the way back to Prometheus, as blackbox_exporter leaves it.
    private static let offset = Duration.milliseconds(500)
    private static let longest = Duration.seconds(120)
    /// Where the client says nothing.
    private static let standard = Duration.seconds(30)

    /// - Returns: What Prometheus's `X-Prometheus-Scrape-Timeout-Seconds` leaves for the polls.
    /// - Throws: Where it is no number of seconds.
    static func of(_ headers: HTTPFields) throws(QueryFault) -> Duration {
        guard let name = HTTPField.Name("X-Prometheus-Scrape-Timeout-Seconds"), let text = headers[name] else {
            return standard
        }
        guard let seconds = Double(text), seconds.isFinite, seconds > 0 else {
            throw QueryFault(message: "X-Prometheus-Scrape-Timeout-Seconds must be a number of seconds above 0")
        }
        let timeout = min(Duration.seconds(min(seconds, 1e6)), longest)
        return timeout - min(offset, timeout / 2)
    }
}
