package import Curl
import Secrets

/// The platform's calls, typed.
///
/// Each gives an ``APICall`` whatever came, and throws only `CancellationError`.
package final class KoreAIClient: Sendable {
    private let perform: @Sendable (CurlRequest) async throws -> CurlResponse
    private let maxResponseBytes: Int
    /// Where tasks that make calls run best; see ``CurlClient/executor``.
    package let executor: (any TaskExecutor)?

    /// - Parameter maxResponseBytes: The largest reply that is accepted, in bytes after decompression.
    package convenience init(curl: CurlClient, maxResponseBytes: Int = 1_048_576) {
        self.init(maxResponseBytes: maxResponseBytes, executor: curl.executor) { try await curl.perform($0) }
    }

    /// - Parameter perform: Does what ``CurlClient/perform(_:)`` does.
    init(
        maxResponseBytes: Int,
        executor: (any TaskExecutor)? = nil,
        perform: @escaping @Sendable (CurlRequest) async throws -> CurlResponse
    ) {
        self.perform = perform
        self.executor = executor
        self.maxResponseBytes = maxResponseBytes
    }

    /// Makes one call and reads its reply.
    ///
    /// - Parameters:
    ///   - url: With all parameters.
    ///   - headers: Beyond `auth`, `accept` and `content-type`.
    ///   - timeout: For the request as a whole.
    func call<Reply: PlatformReply>(
        _ endpoint: Endpoint,
        url: String,
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = [],
        credential: Credential,
        timeout: Duration
    ) async throws -> APICall<Reply> {
        var start = ContinuousClock.now
        var code = 0
        let result: Result<Decoded<Reply>, APIError>
        let method = endpoint.row.method
        var exchange: Exchange?
        do {
            let token = try await credential.token()
            start = .now
            // As far as it is known before there is a response, and where none comes.
            exchange = Exchange(method: method.rawValue, url: url, token: token)
            let response = try await perform(
                CurlRequest(
                    method: method,
                    url: url,
                    headers: [
                        ("auth", token.reveal()), ("accept", "application/json"), ("content-type", "application/json"),
                    ] + headers,
                    body: method == .post ? body : nil,
                    timeout: timeout,
                    maxResponseBytes: maxResponseBytes
                )
            )
            code = response.status
            exchange?.body = response.body
            exchange?.timings = response.timings
            result = HTTPReply(endpoint: endpoint, response: response).result(as: Reply.self)
                .mapError { Self.explained($0, token: token, credential: credential) }
        } catch let error as CancellationError {
            throw error
        } catch let error as CurlError {
            exchange?.timings = error.timings
            result = .failure(APIError(error, endpoint: endpoint))
        } catch let error as APIError {
            result = .failure(error)
        } catch {
            let message = "\(endpoint.rawValue): no token could be had from credential \(credential.name)"
            result = .failure(APIError(reason: .other, code: 0, message: message))
        }
        return APICall(
            endpoint: endpoint,
            code: code,
            duration: ContinuousClock.now - start,
            result: result,
            exchange: exchange
        )
    }

    /// Adds whose token it was, and what the token tells about why it was refused. A refused token is dropped, so that
    /// the next call has a new one.
    private static func explained(_ error: APIError, token: Secret, credential: Credential) -> APIError {
        guard error.reason == .auth || error.reason == .scope else { return error }
        var error = error
        error.message += " (credential \(credential.name))"
        guard error.reason == .auth else { return error }
        credential.refused(token)
        if let explanation = credential.explanation(ofRefused: token) { error.message += ". " + explanation }
        return error
    }
}
