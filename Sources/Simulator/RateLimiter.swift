/// The platform's rate limits: two rolling windows for each target, bot, credential or account. It is a value, which
/// takes the time as an argument.
package struct RateLimiter: Sendable {
    /// Why a request is refused, and for how long.
    package struct Refusal: Sendable, Hashable {
        package enum Window: String, Sendable, Hashable {
            case minute
            case hour
        }

        /// The window that is full; the hour where both are.
        package var window: Window
        /// How long, in real time, until a request can pass if none is made before.
        package var wait: Duration
    }

    private struct Windows: Sendable {
        var minute = RollingWindow()
        var hour = RollingWindow()
    }

    private let limits: Scenario.Limits
    private let minute: Duration
    private let hour: Duration
    private var windows: [String: Windows] = [:]

    /// - Parameter speed: Scenario seconds in a real second; the windows are shorter by that factor.
    package init(limits: Scenario.Limits, speed: Double) {
        self.limits = limits
        minute = Duration.seconds(60).divided(bySpeed: speed)
        hour = Duration.seconds(3600).divided(bySpeed: speed)
    }

    /// The key that a call is counted by.
    ///
    /// - Parameter defaultLanguage: The bot's default language, which a call without a language is counted by.
    static func key(
        _ request: APIRequest,
        defaultLanguage: String?,
        credential: Scenario.Credential,
        per scope: Scenario.Limits.Scope
    ) -> String {
        guard request.endpoint != .bots else { return "account\n\(credential.account)" }
        let bot = request.bot ?? ""
        // Source: the documentation's "API Rate Limits".
        return switch request.endpoint.collector == nil ? .bot : scope {
        case .bot: "bot\n\(bot)"
        case .credential: "credential\n\(credential.name)"
        case .request:
            [
                request.endpoint.rawValue, bot,
                request.endpoint.hasLanguage ? request.language ?? defaultLanguage ?? "" : "",
                request.state?.rawValue ?? "",
            ]
            .joined(separator: "\n")
        }
    }

    /// Counts a request.
    ///
    /// - Parameter key: The key that it is counted by.
    /// - Returns: `nil` where it may pass.
    package mutating func admit(_ key: String, at now: SimulatorTime) -> Refusal? {
        guard limits.enabled else { return nil }
        return admit(in: &windows[key, default: Windows()], at: now)
    }

    private func admit(in windows: inout Windows, at now: SimulatorTime) -> Refusal? {
        let minuteIsFull = windows.minute.count(within: minute, at: now) >= limits.perMinute
        let hourIsFull = windows.hour.count(within: hour, at: now) >= limits.perHour
        let isRefused = minuteIsFull || hourIsFull
        if !isRefused || limits.countsRefused {
            windows.minute.add(now)
            windows.hour.add(now)
        }
        guard isRefused else { return nil }
        // Computed last, because a refused request that was counted has to leave its window too.
        let minuteWait = windows.minute.wait(untilBelow: limits.perMinute, within: minute, at: now)
        let hourWait = windows.hour.wait(untilBelow: limits.perHour, within: hour, at: now)
        return Refusal(window: hourIsFull ? .hour : .minute, wait: max(minuteWait, hourWait))
    }

    /// The reply to a refused request.
    func reply(to refusal: Refusal) -> Reply {
        let message: String =
            switch (limits.wording, refusal.window) {
            case (.current, .minute): Self.minuteMessage
            case (.current, .hour): Self.hourMessage
            case (.older, _): Self.olderMessage
            }
        var reply = Reply.error(limits.status, code: limits.status, message)
        if limits.retryAfter {
            let seconds = max(1, (refusal.wait.clampedMilliseconds + 999) / 1000)
            reply.headers.append(Reply.Header(name: "Retry-After", value: String(seconds)))
        }
        return reply
    }

    static let minuteMessage =
        "You've exceeded the per-minute rate limit. Please wait for sometime before retrying."
    static let hourMessage = "You've exceeded the hourly rate limit. Please wait for sometime before retrying."
    static let olderMessage = "Rate limit for this API has been reached. Please try again after some time."
}

/// Counts the events within a duration before the present.
struct RollingWindow: Sendable {
    /// Oldest first; those before `head` have left the window.
    private var times: [SimulatorTime] = []
    private var head = 0

    /// Drops what has left the window.
    ///
    /// - Returns: How many events are in it.
    mutating func count(within length: Duration, at now: SimulatorTime) -> Int {
        let start = now - length
        while head < times.count, times[head] <= start { head += 1 }
        if head > 64, head * 2 > times.count {
            times.removeFirst(head)
            head = 0
        }
        return times.count - head
    }

    /// How many times are stored, also those that have left the window.
    var storedCount: Int { times.count }

    mutating func add(_ time: SimulatorTime) {
        times.append(time)
    }

    /// How long until fewer than `limit` events are in the window, if none is added.
    func wait(untilBelow limit: Int, within length: Duration, at now: SimulatorTime) -> Duration {
        let index = times.count - limit
        guard index >= head, times.indices.contains(index) else { return .zero }
        return max((times[index] + length).since(now), .zero)
    }
}
