package import FoundationEssentials
import Hummingbird
package import Model
import Settings

/// The answer of `/api/v1/targets`, as docs/openapi.yaml describes it.
package struct TargetAnswer: Codable {
    package let targets: [Target]
    package let matching: Int
    package let page: Int
    package let pages: Int

    init(_ page: TargetListing) {
        targets = page.targets.map(Target.init)
        matching = page.matching
        self.page = page.page + 1
        pages = page.pages
    }

    /// - Throws: `DecodingError` if the JSON is not such an answer.
    package init(json: [UInt8]) throws {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let text = try decoder.singleValueContainer().decode(String.self)
            return try Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text)
        }
        self = try decoder.decode(Self.self, from: Data(json))
    }

    package struct Target: Codable {
        package let bot: String
        package let bot_id: String
        package let collector: String
        package let language: String?
        package let state: String?
        package let attention: String
        package let status: String?
        package let last_attempt: Date?
        package let last_success: Date?
        package let poll_interval_seconds: Double?
        package let running_since: Date?
        package let mean_duration_seconds: Double?
        package let runs_ended: UInt64
        package let runs_failed: UInt64
        package let last_successful_run: Date?
        package let last_change: Date?
        package let failed_parts: [String]?
        package let progress_ratio: Double?
        package let components: [Component]
        package let failure: Failure?

        init(_ entry: TargetListing.Entry) {
            let status = entry.report
            let target = status.target
            bot = target.bot
            bot_id = entry.botID
            collector = target.collector.rawValue
            language = target.language.isEmpty ? nil : target.language
            state = target.state.isEmpty ? nil : target.state
            attention = status.attention.rawValue
            self.status = status.status
            last_attempt = status.lastAttempt.map { Date(timeIntervalSince1970: $0.seconds) }
            last_success = status.lastSuccess.map { Date(timeIntervalSince1970: $0.seconds) }
            poll_interval_seconds = status.interval.map { $0 / .seconds(1) }
            running_since = status.runningSince.map { Date(timeIntervalSince1970: $0.seconds) }
            mean_duration_seconds = status.meanDuration
            runs_ended = status.ended
            runs_failed = status.failed
            last_successful_run = status.lastSuccessfulRun.map { Date(timeIntervalSince1970: $0.seconds) }
            last_change = status.lastChange.map { Date(timeIntervalSince1970: $0.seconds) }
            failed_parts = target.collector == .publish ? status.failedParts : nil
            progress_ratio = status.progress
            components = status.components.map {
                Component(
                    name: $0.name,
                    in_sync: $0.inSync,
                    out_of_sync_since: $0.since.map { Date(timeIntervalSince1970: $0.seconds) }
                )
            }
            failure = status.failure.map { Failure(reason: $0.reason, message: $0.message) }
        }
    }

    package struct Component: Codable {
        package let name: String
        package let in_sync: Bool
        package let out_of_sync_since: Date?
    }

    package struct Failure: Codable {
        package let reason: String
        package let message: String
    }
}

/// What the API calls to get the state of the targets and the history of a bot.
package struct APISource: Sendable {
    let targets: @Sendable (TargetQuery) async -> TargetListing?
    let runs: @Sendable (_ bot: String, _ limit: Int) async throws -> BotHistory?

    /// - Parameters:
    ///   - targets: Gives the targets that fit a query; `nil` if it names an unknown bot.
    ///   - runs: Gives at most `limit` runs and actions of a bot; `nil` for an unknown bot. Throws if the store fails.
    package init(
        targets: @escaping @Sendable (TargetQuery) async -> TargetListing?,
        runs: @escaping @Sendable (_ bot: String, _ limit: Int) async throws -> BotHistory?
    ) {
        self.targets = targets
        self.runs = runs
    }
}

extension TargetQuery {
    /// - Throws: If a parameter is unknown, given twice, or has a value that is not allowed.
    fileprivate init(_ parameters: QueryParameters) throws(QueryFault) {
        let values = try CheckedParameters(parameters, known: ["bot", "collector", "attention", "page", "limit"])
        self.init(
            bot: values["bot"],
            collector: try values.word("collector", of: Collector.self),
            attention: try values.word("attention", of: Attention.self),
            page: try values.number("page", in: 1...1_000_000, default: 1) - 1,
            pageSize: try values.number("limit", in: 1...1000, default: 100)
        )
    }
}

extension WebRoutes {
    /// The JSON API: the state of the targets, and the history of a bot.
    package static func api(_ source: APISource) -> WebRoutes {
        // Each listing looks at every target, so only one is made at a time.
        let lock = AsyncLock(maxWaiting: 16)
        let routes: [WebRoute] = [
            .get("/api/v1/targets") { request, _ in
                do throws(QueryFault) {
                    let query = try TargetQuery(request.queryParameters)
                    guard let found = await lock.withLockUnlessCrowded({ await source.targets(query) }) else {
                        return Response.overloadFault
                    }
                    guard let page = found else { return Response.noBotFault }
                    return Response.json(.ok, TargetAnswer(page))
                } catch {
                    return Response.fault(.badRequest, error.message)
                }
            },
            .get("/api/v1/runs") { request, _ in
                do throws(QueryFault) {
                    let values = try CheckedParameters(request.queryParameters, known: ["bot", "limit"])
                    let limit = try values.number("limit", in: 1...1000, default: 100)
                    guard let bot = values["bot"] else {
                        throw QueryFault(message: "`bot` is missing: the name of a bot, as in /api/v1/runs?bot=NAME")
                    }
                    return await runs(ofBot: bot, limit: limit, source)
                } catch {
                    return Response.fault(.badRequest, error.message)
                }
            },
        ]
        return WebRoutes(routes)
    }

    private static func runs(ofBot bot: String, limit: Int, _ source: APISource) async -> Response {
        do {
            guard let history = try await source.runs(bot, limit) else { return Response.noBotFault }
            return Response.json(.ok, RunAnswer(bot: bot, history))
        } catch {
            return Response.fault(.serviceUnavailable, "the store cannot tell: \(error)")
        }
    }
}

extension Response {
    fileprivate static var noBotFault: Response {
        .fault(.notFound, "there is no such bot; /api/v1/targets lists those that there are")
    }

    fileprivate static var overloadFault: Response {
        var response = Response.fault(.serviceUnavailable, "too many requests at once; try again in a second")
        response.headers[.retryAfter] = "1"
        return response
    }
}
