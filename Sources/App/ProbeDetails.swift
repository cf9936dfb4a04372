import Curl
import KoreAI
import Model
import Polling
import Settings
import Tracking
import Web

/// Writes for people what a probe asked, how long it took and what came.
struct ProbeDetails {
    private let report: ProbeReport
    private let timeout: Duration

    init(_ report: ProbeReport, timeout: Duration) {
        self.report = report
        self.timeout = timeout
    }

    /// - Parameter secrets: Redacted wherever they occur, because the platform's replies may contain them.
    func text(without secrets: [Secret]) -> String {
        let (count, good) = (report.targets.count, report.targets.count(where: \.outcome.isSuccess))
        var text = """
            probe_success \(report.isSuccess ? 1 : 0)
            \(good) of \(count) targets gave a usable reply in \(Self.text(report.duration)) of \(Self.text(timeout)) at \
            most. Tokens, secrets and links are redacted.

            """
        for (target, outcome) in report.targets {
            text += "\n== \(target.words)\n" + Self.text(outcome) + "\n"
        }
        // The longest first: one may be the beginning of another.
        let known = secrets.map { $0.reveal() }.filter { $0.count >= 4 }.sorted { $0.count > $1.count }
        return known.reduce(text) { $0.replacing($1, with: "<redacted>") }
    }

    private static func text(_ outcome: ProbeOutcome) -> String {
        switch outcome {
        case .polled(let reply): text(reply)
        case .outOfBudget:
            "not asked: the budget has no request left, not even in its reserve, or the platform asked for a pause"
        case .credentialRefused(let error):
            "not asked: the credential is refused, and another target of the budget finds out when that is over"
                + (error.map { "\nlast error: \($0.message)" } ?? "")
        case .gone: "not asked: it is not watched any more"
        case .late: "no reply in time; what comes later is taken in as every other"
        }
    }

    private static func text(_ reply: PollReply) -> String {
        var lines: [String] = []
        if let exchange = reply.exchange {
            lines.append(exchange.shownRequest)
        }
        lines.append(
            reply.code == 0 ? "no response, \(text(reply.duration))" : "HTTP \(reply.code), \(text(reply.duration))"
        )
        if let exchange = reply.exchange { lines.append(text(exchange.timings)) }
        switch reply.result {
        case .success: lines.append("a usable reply")
        case .failure(let error): lines.append("no usable reply: \(error.reason.rawValue)\n\(error.message)")
        }
        if let exchange = reply.exchange { lines.append(exchange.shownBody) }
        return lines.joined(separator: "\n")
    }

    /// Each phase with the time from the transfer's start to the phase's end.
    private static func text(_ timings: TransferTimings) -> String {
        let phases = [
            ("waited for a connection", timings.waited), ("name", timings.dns), ("connected", timings.connect),
            ("TLS", timings.tls), ("first byte", timings.firstByte), ("last byte", timings.total),
        ]
        return phases.map { "\($0.0) \($0.1 == .zero ? "-" : text($0.1))" }.joined(separator: ", ")
    }

    private static func text(_ duration: Duration) -> String {
        let microseconds = duration / .microseconds(1)
        return microseconds < 1_000_000
            ? "\((microseconds / 10).rounded() / 100) ms"
            : "\((microseconds / 10_000).rounded() / 100) s"
    }
}

extension ProbeResult {
    /// Polls the targets of a query now.
    ///
    /// - Parameter settings: The settings in force, whose secrets are redacted in the details.
    static func of(
        _ query: ProbeQuery,
        within timeout: Duration,
        by poller: Poller,
        settings: @escaping @Sendable () -> Settings
    ) async -> ProbeResult {
        guard let all = poller.targets(ofBot: query.bot) else { return .unknownBot }
        let targets = all.filter(query.wants)
        guard !targets.isEmpty else { return .noTarget(available: all.map(\.words)) }
        let report = await poller.probe(targets, within: timeout)
        return .answered(
            Answer(
                isSuccess: report.isSuccess,
                duration: report.duration,
                families: poller.excerpt(ofBot: query.bot, targets),
                details: { ProbeDetails(report, timeout: timeout).text(without: settings().secrets) }
            )
        )
    }
}

extension ProbeQuery {
    fileprivate func wants(_ target: Target) -> Bool {
        (collector.map { $0.rawValue == target.collector.rawValue } ?? true)
            && (language.map { $0 == target.language } ?? true) && (state.map { $0.rawValue == target.state } ?? true)
    }
}

extension Settings {
    /// The secrets that the settings hold; tokens in files are not among them.
    var secrets: [Secret] {
        let ofCredentials = credentials.compactMap { credential -> Secret? in
            switch credential.source {
            case .client(let client): client.clientSecret
            case .token(let token): token
            case .tokenFile: nil
            }
        }
        return ofCredentials + [actions?.token, http.proxyURL.map { Secret($0) }].compactMap(\.self)
    }
}

extension Target {
    /// The target without its bot, such as `ml_training en published`.
    var words: String {
        pollLabels.dropFirst().filter { !$0.isEmpty }.joined(separator: " ")
    }
}
