import Exposition
import HTTPTypes
import Hummingbird
import NIOCore

/// Answers `/probe`: lets a bot be polled now, and shows its families then.
struct ProbeHandler: Sendable {
    let limit: ScrapeLimit
    let probe: @Sendable (ProbeQuery, _ patience: Duration) async -> ProbeResult

    func respond(to request: Request, _ context: WebContext) async -> Response {
        let (query, patience): (ProbeQuery, Duration)
        do {
            query = try ProbeQuery(request.queryParameters)
            patience = try ProbeTimeout.of(request.headers)
        } catch {
            return .plain(.badRequest, error.message + ".\n")
        }
        guard let place = limit.take(for: context.channel) else { return .overload }
        defer { withExtendedLifetime(place) {} }
        switch await probe(query, patience) {
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
