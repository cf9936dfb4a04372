import Secrets

/// One way of having tokens.
protocol TokenSource: Sendable {
    /// A token that is good for one request.
    ///
    /// - Throws: ``APIError`` with reason `auth` and code 0, or `CancellationError`.
    func token() async throws -> Secret

    /// The platform refused this token.
    func refused(_ token: Secret)

    /// Where a ready token stands, for people; `nil` where tokens are signed here.
    var origin: String? { get }
}
