import Hummingbird

extension Response {
    /// Makes a response and tells its status when its last byte is written, so that a slow reader shows; where it cannot
    /// be made, that of the error.
    static func following(
        _ make: () async throws -> Response,
        tell: @escaping @Sendable (HTTPResponse.Status) -> Void
    ) async throws -> Response {
        do {
            var response = try await make()
            let (status, body) = (response.status, response.body)
            response.body = ResponseBody(contentLength: body.contentLength) { writer in
                defer { tell(status) }
                try await body.write(writer)
            }
            return response
        } catch {
            tell((error as? any HTTPResponseError)?.status ?? .internalServerError)
            throw error
        }
    }
}
