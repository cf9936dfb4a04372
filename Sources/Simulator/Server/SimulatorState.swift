/// Everything a ``Simulator`` knows, behind one lock. Pure: it is told the time.
struct SimulatorState: Sendable {
    var platform: Platform
    var limiter: RateLimiter
    var access: Access
    var faults = FaultTable()
    var counts = RequestCounts()
    let limits: Scenario.Limits
    /// Scheme, address, port and the scenario's prefix, with no slash at the end. Known when the server has a port.
    var baseURL = "" {
        didSet { platform.filesURL = "\(baseURL)/_simulator/files" }
    }

    init(scenario: Scenario, now: SimulatorTime) {
        platform = Platform(scenario: scenario, now: now)
        limiter = RateLimiter(limits: scenario.limits, speed: scenario.speed)
        access = Access(scenario, start: now)
        limits = scenario.limits
    }

    /// Counts a request and finds the fault that hits it.
    mutating func begin(
        _ request: APIRequest,
        target: String,
        at now: SimulatorTime
    ) -> (ticket: RequestCounts.Ticket, fault: Fault?) {
        let bot = request.bot.flatMap { platform.bots[$0] }
        let ticket = counts.begin(request, target: target, isKnownBot: bot != nil, at: now)
        return (ticket, faults.hit(request, botName: bot?.scenario.name))
    }

    /// Answers a request as the platform does: method, token, rate limit, then the call itself.
    ///
    /// Which of these the real one looks at first is not documented. A request that is turned away for its token does
    /// not count against the rate limit.
    mutating func answer(_ request: APIRequest, token: TokenFinding, at now: SimulatorTime) -> Reply {
        platform.advance(to: now)
        guard request.method == request.endpoint.method else { return .methodNotAllowed }
        switch access.admit(token, endpoint: request.endpoint, bot: request.bot, at: now) {
        case .refused(let reply): return reply
        case .admitted(let credential):
            let key = limits.per == .bot ? request.bot ?? "\n\(credential.name)" : credential.name
            if let refusal = limiter.admit(key, at: now) { return limiter.reply(to: refusal) }
            return platform.answer(request, at: now)
        }
    }
}
