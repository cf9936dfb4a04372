package import Exposition
import HTTPTypes
import Hummingbird
package import Model
import NIOCore
import Settings

/// Answers `/probe`: lets a bot be polled now, and shows its families then.
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

/// What a probe asks about: a configured bot, and which of its targets. No address comes from a query.
package struct ProbeQuery: Sendable, Hashable {
    package var bot: String
    /// `nil` for any.
    package var collector: Collector?
    /// `nil` for any.
    package var language: String?
    /// `nil` for any.
    package var state: BotState?
    /// Whether the answer is for people: what was asked, how long it took, and what came.
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
    /// - Parameter parameters: Of the request's query, in its order.
    /// - Throws: Where one is unknown, given twice, or none of the words that there are. One that is empty counts as not
    ///   given.
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

/// What came of a probe.
package enum ProbeResult: Sendable {
    case unknownBot
    /// The bot has no target of that kind, but these.
    case noTarget(available: [String])
    case answered(Answer)

    package struct Answer: Sendable {
        package var isSuccess: Bool
        package var duration: Duration
        /// The bot's families, of the targets that were asked for alone.
        package var families: Registry
        /// What was asked, how long it took and what came, without secrets.
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

/// What an answer of `/probe` has beside the bot's own families.
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
    /// How many probes may be under way on all addresses together: enough for what Prometheus asks at once, and few
    /// enough that scrapes and pages find a place.
    private static let mostProbes = 32

    /// Polls of one bot on demand.
    ///
    /// - Parameter probe: Polls the targets of the query, and waits no longer than it may.
    package static func probe(
        _ probe: @escaping @Sendable (ProbeQuery, _ timeout: Duration) async -> ProbeResult
    ) -> WebRoutes {
        let handler = ProbeHandler(limit: ScrapeLimit(mostProbes), probe: probe)
        return WebRoutes([.get("/probe") { await handler.respond(to: $0, $1) }])
    }
}
