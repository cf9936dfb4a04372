import CCurl

/// A request on its way to the loop's thread, with all that its answer needs.
///
/// A class, as it goes through many hands, and a copy of its values would count all their references up and down in each.
final class Submission: Sendable {
    let id: Admission.ID
    let request: CurlRequest
    let origin: Origin
    /// When it was handed in.
    let start: ContinuousClock.Instant
    let deadline: ContinuousClock.Instant
    let continuation: CheckedContinuation<CurlResponse, any Error>

    /// Hands a request in now.
    init(
        id: Admission.ID,
        request: CurlRequest,
        origin: Origin,
        continuation: CheckedContinuation<CurlResponse, any Error>
    ) {
        self.id = id
        self.request = request
        self.origin = origin
        start = .now
        // The sum of an instant and a duration traps when it overflows.
        deadline = start + min(max(request.timeout, .zero), Self.longestTimeout)
        self.continuation = continuation
    }

    /// What libcurl can count, in milliseconds of 32 bits: almost 25 days.
    private static let longestTimeout = Duration.milliseconds(Int32.max)

    /// The error when its time was over before it got a connection.
    func timeoutWhileWaiting(proxy: Origin?) -> CurlError {
        let waited = start.duration(to: .now)
        let report = FailureReport(
            origin: origin,
            proxy: proxy,
            code: Int(CURLE_OPERATION_TIMEDOUT.rawValue),
            timings: TransferTimings(waited: waited)
        )
        return report.error(following: .timeout(request.timeout, in: .waiting))
    }
}
