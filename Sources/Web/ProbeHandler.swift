package import Exposition
import HTTPTypes
import Hummingbird
package import Model
import NIOCore
import Settings

/// Answers `/probe`: has a bot polled now, and shows its families.
struct ProbeHandler: Sendable {
    let limit: ScrapeLimit
    let probe: @Sendable (ProbeQuery, _ timeout: Duration) async -> ProbeResult

    func respond(to request: Request, _ context: WebContext) async -> Response {
        let (query, timeout): (ProbeQuery, Duration)
        do {
            query = try ProbeQuery(request.queryParameters)
            timeout = try ProbeTimeout.of(request.headers)
        } catch {
            return .plain(.badRequest, error.message + ".\n")
        }
        guard let place = limit.take(for: context.channel) else { return .overload }
        defer { withExtendedLifetime(place) {} }
        switch await probe(query, timeout) {
        case .unknownBot:
            return .plain(.notFound, "There is no such bot; /sd lists those that there are.\n")
        case .noTarget(let available):
            let list = available.map { "  \($0)\n" }.joined()
            return .plain(.notFound, "The bot has no such target. Its targets are:\n" + list)
        case .answered(let answer):
            if query.isDebug { return Self.page(answer) }
            return await Self.families(of: answer, for: request)
        }
    }

    private static func page(_ answer: ProbeResult.Answer) -> Response {
        var response = Response.plain(.ok, answer.details())
        response.headers[.cacheControl] = "no-store"
        response.headers[.xContentTypeOptions] = "nosniff"
        return response
    }

    private static func families(of answer: ProbeResult.Answer, for request: Request) async -> Response {
        let registry = answer.families
        for (family, value) in [
            (ProbeFamilies.success, answer.isSuccess ? 1 : 0), (ProbeFamilies.duration, answer.duration / .seconds(1)),
        ] {
            registry.update([FamilySamples(family, group: SeriesGroup([]), [Sample([], number: value)])])
        }
        let negotiation = Negotiation(request.headers)
        let body = await PageStore<ByteBuffer>(registry).scrape(negotiation.form)
        return Response(
            status: .ok,
            headers: negotiation.headers,
            body: ResponseBody(contentLength: body.length) { writer in
                try await writer.write(contentsOf: body.blocks)
                try await writer.finish(nil)
            }
        )
    }
}

/// The parameters of a probe: a configured bot, and which of its targets. A query never contains an address to ask.
package struct ProbeQuery: Sendable, Hashable {
    package var bot: String
    /// `nil` for all.
    package var collector: Collector?
    /// `nil` for all.
    package var language: String?
    /// `nil` for all.
    package var state: BotState?
    /// Whether the answer is text for people: what was asked, how long it took, and the replies.
    package var isDebug = false

    package init(
        bot: String,
        collector: Collector? = nil,
        language: String? = nil,
        state: BotState? = nil,
        isDebug: Bool = false
    ) {
        self.bot = bot
        self.collector = collector
        self.language = language
        self.state = state
        self.isDebug = isDebug
    }
}

extension ProbeQuery {
    /// - Parameter parameters: The parameters of the request's query, in their order. An empty one counts as missing.
    /// - Throws: If `bot` is missing, or a parameter is unknown, given twice, or has a value that is not allowed.
    init(_ parameters: QueryParameters) throws(QueryFault) {
        let values = try CheckedParameters(parameters, known: ["bot", "collector", "language", "state", "debug"])
        guard let bot = values["bot"] else {
            throw QueryFault(message: "`bot` is missing: the name of a configured bot, as in /probe?bot=NAME")
        }
        self.init(
            bot: bot,
            collector: try values.word("collector", of: Collector.self),
            language: values["language"],
            state: try values.word("state", of: BotState.self),
            isDebug: try values.flag("debug")
        )
    }
}

/// The time limit of a probe.
enum ProbeTimeout {
    /// Time for the answer to reach Prometheus, the same as in blackbox_exporter.
    private static let offset = Duration.milliseconds(500)
    private static let longest = Duration.seconds(120)
    /// The limit for a client that sends none.
    private static let standard = Duration.seconds(30)

    /// - Returns: The time in `X-Prometheus-Scrape-Timeout-Seconds`, at most 120 s, less the offset.
    /// - Throws: If the header is not a number of seconds above 0.
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

/// The result of a probe.
package enum ProbeResult: Sendable {
    case unknownBot
    /// The bot has no target that fits the query; `available` lists the targets it has.
    case noTarget(available: [String])
    case answered(Answer)

    package struct Answer: Sendable {
        package var isSuccess: Bool
        package var duration: Duration
        /// The families of the bot, with only the targets that the probe asked about.
        package var families: Registry
        /// The text for people: what was asked, how long it took and the replies, without secrets.
        package var details: @Sendable () -> String

        package init(
            isSuccess: Bool,
            duration: Duration,
            families: Registry,
            details: @escaping @Sendable () -> String
        ) {
            self.isSuccess = isSuccess
            self.duration = duration
            self.families = families
            self.details = details
        }
    }
}

/// The families that `/probe` adds to those of the bot.
package enum ProbeFamilies {
    static let success = MetricFamily(
        "probe_success",
        .gauge,
        help: "Whether each target that the probe asked about gave a usable reply (1) or not (0)."
    )
    static let duration = MetricFamily(
        "probe_duration_seconds",
        .gauge,
        help: "How long the probe took, waits for polls under way included."
    )

    package static let all = [success, duration]
}

extension WebRoutes {
    /// How many probes may run at once, on all addresses together: enough for one Prometheus, and few enough to leave
    /// room for scrapes and pages.
    private static let mostProbes = 32

    /// The route `/probe`, which polls one bot on demand.
    ///
    /// - Parameter probe: Polls the targets of the query, within `timeout`.
    package static func probe(
        _ probe: @escaping @Sendable (ProbeQuery, _ timeout: Duration) async -> ProbeResult
    ) -> WebRoutes {
        let handler = ProbeHandler(limit: ScrapeLimit(mostProbes), probe: probe)
        return WebRoutes([.get("/probe") { await handler.respond(to: $0, $1) }])
    }
}
