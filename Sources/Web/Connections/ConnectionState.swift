/// When a connection must have gone on, and whether it is being answered.
struct ConnectionState: Sendable {
    private let limits: WebLimits
    /// Requests whose head came and whose response has not ended.
    private(set) var requestsInFlight = 0
    private var isReading = true
    private var isMultiplexed = false
    /// The connection ends then.
    private(set) var deadline: ContinuousClock.Instant

    init(limits: WebLimits, at now: ContinuousClock.Instant) {
        self.limits = limits
        deadline = now + limits.requestTimeout
    }

    /// Bytes came, of which nothing is known.
    mutating func received(at now: ContinuousClock.Instant) {
        // HTTP/2 has frames that belong to no request.
        guard !isMultiplexed, !isReading, requestsInFlight == 0 else { return }
        isReading = true
        deadline = now + limits.requestTimeout
    }

    /// The connection speaks HTTP/2 from now on.
    mutating func becameMultiplexed(at now: ContinuousClock.Instant) {
        isMultiplexed = true
        isReading = false
        deadline = now + limits.idleTimeout
    }

    /// The head of a request is whole.
    mutating func requestBegan(at now: ContinuousClock.Instant) {
        requestsInFlight += 1
        if isMultiplexed { deadline = now + limits.responseTimeout }
    }

    /// The last byte of a request came.
    mutating func requestEnded(at now: ContinuousClock.Instant) {
        isReading = false
        deadline = now + (requestsInFlight > 0 ? limits.responseTimeout : limits.idleTimeout)
    }

    /// The last byte of a response was handed to the kernel.
    mutating func responseEnded(at now: ContinuousClock.Instant) {
        // A request that could not be read is answered without having begun.
        requestsInFlight = max(0, requestsInFlight - 1)
        if requestsInFlight == 0, !isReading { deadline = now + limits.idleTimeout }
    }
}
