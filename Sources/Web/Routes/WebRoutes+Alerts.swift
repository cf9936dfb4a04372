import HTTPTypes
import Hummingbird

extension WebRoutes {
    /// Notifications of Alertmanager, which have a bearer token of their own.
    ///
    /// - Parameter handle: Done by `POST /api/v1/alerts`; gives an HTTP status and a text.
    package static func alerts(
        options: WebOptions,
        handle: @escaping @Sendable (_ authorization: String?, _ body: [UInt8]) async -> (status: Int, text: String)
    ) -> WebRoutes {
        WebRoutes(paths: ["/api/v1/alerts"], areGuarded: true) { router in
            router.post("/api/v1/alerts") { request, _ in
                guard let body = try? await request.body.collect(upTo: options.limits.bodyBytes) else {
                    return Response.fault(
                        .contentTooLarge,
                        "a notification may have at most \(options.limits.bodyBytes) bytes"
                    )
                }
                let answer = await handle(request.headers[.authorization], Array(body.readableBytesView))
                let status = HTTPResponse.Status(code: answer.status)
                return answer.status < 400
                    ? Response.plain(status, answer.text)
                    : Response.fault(status, String(answer.text.split(separator: "\n").joined(separator: " ")))
            }
        }
    }
}
