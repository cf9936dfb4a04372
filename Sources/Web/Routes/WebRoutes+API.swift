import Hummingbird

extension WebRoutes {
    /// How the targets do and did, for programs.
    package static func api(_ source: APISource) -> WebRoutes {
        // To list targets looks at every one, so that it is done one at a time.
        let gate = Gate(mostWaiting: 16)
        return WebRoutes(paths: ["/api/v1/targets", "/api/v1/runs"]) { router in
            router.get("/api/v1/targets") { request, _ in
                do throws(QueryFault) {
                    let query = try TargetQuery(request.queryParameters)
                    guard let found = await gate.pass({ await source.targets(query) }) else {
                        return Response.overloadFault
                    }
                    guard let page = found else { return Response.noBotFault }
                    return Response.json(.ok, TargetAnswer(page))
                } catch {
                    return Response.fault(.badRequest, error.message)
                }
            }
            router.get("/api/v1/runs") { request, _ in
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
            }
        }
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
