import Testing

@testable import KoreAI

/// A reply that is none, and what it means.
struct ErrorSample: Sendable, CustomTestStringConvertible {
    var status: Int
    var body: String
    var reason: APIError.Reason
    /// Stands in the message.
    var advice: String
    var endpoint = Endpoint.mlTrainStatus
    var contentType: String? = "application/json"

    var testDescription: String { "\(endpoint.rawValue) \(status) \(body.prefix(60))" }
}

extension ErrorSample {
    /// Not documented: how an app that enforces encryption may word its refusal.
    static let encryption = [
        (400, "Invalid token. Please send an encrypted token (JWE)"),
        (401, "error verifying the jwt: JWE encryption is enforced for this app"), (401, "JWE token expected"),
        (403, "Token encryption is required"),
    ].map { status, words in
        ErrorSample(
            status: status,
            body: #"{"errors":[{"msg":"\#(words)","code":\#(status)}]}"#,
            reason: .auth,
            advice: "give the credential a token_file with a ready token"
        )
    }

    static let documented = [
        ErrorSample(
            status: 401,
            body: #"{"errors":[{"msg":"Invalid SDK credentials","code":4002}]}"#,
            reason: .auth,
            advice: "check client_id and client_secret"
        ),
        ErrorSample(
            status: 401,
            body: #"{"errors":[{"msg":"Invalid JWT token","code":401}]}"#,
            reason: .auth,
            advice: "check client_secret and algorithm"
        ),
        ErrorSample(
            status: 401,
            body: #"{"errors":[{"msg":"Permission denied. Scope is incorrect!","code":4002}]}"#,
            reason: .scope,
            advice: "(App Builder: Train ML;"
        ),
        ErrorSample(
            status: 400,
            body: #"{"errors":[{"msg":"error verifying the jwt: jti already used","code":401}]}"#,
            reason: .auth,
            advice: "the credential's jti claim"
        ),
        ErrorSample(
            status: 401,
            body: #"{"errors":[{"msg":"error verifying the jwt: jwt expired","code":401}]}"#,
            reason: .auth,
            advice: "the clock of this machine"
        ),
        ErrorSample(
            status: 500,
            body: #"{"errors":[{"msg":"error verifying the jwt: jwt expired","code":401}]}"#,
            reason: .auth,
            advice: "the clock of this machine"
        ),
        ErrorSample(
            status: 400,
            body: #"{"errors":[{"msg":"Invalid StreamId","code":400}]}"#,
            reason: .notFound,
            advice: "check the bot's id"
        ),
        ErrorSample(
            status: 405,
            body: #"{"errors":[{"msg":"Method Not Allowed","code":405}]}"#,
            reason: .badRequest,
            advice: "does not take this method"
        ),
        ErrorSample(
            status: 412,
            body: #"{"errors":[{"msg":"Validation errors/ Invalid arguments","code":412}]}"#,
            reason: .badRequest,
            advice: "check the bot's id and the language",
            endpoint: .faqTrain
        ),
        ErrorSample(
            status: 500,
            body: "",
            reason: .serverError,
            advice: "after an export was started",
            endpoint: .mlExportStatus
        ),
        ErrorSample(
            status: 400,
            body: #"{"errors":[{"message":"language is required","code":"ValidationError"}]}"#,
            reason: .badRequest,
            advice: #""language is required" (code ValidationError)"#
        ),
    ]

    static let throttled = [
        ErrorSample(status: 429, body: "", reason: .throttled, advice: "60 requests a minute"),
        ErrorSample(
            status: 429,
            body: #"{"errors":[{"msg":"Invalid SDK credentials","code":4002}]}"#,
            reason: .throttled,
            advice: "lower budgets"
        ),
        ErrorSample(
            status: 400,
            body: """
                {"errors":[{"msg":"You've exceeded the per-minute rate limit. Please wait for sometime before \
                retrying.","code":400}]}
                """,
            reason: .throttled,
            advice: "per-minute rate limit"
        ),
        ErrorSample(
            status: 403,
            body: """
                {"status":"Error","message":"You've exceeded the hourly rate limit. Please wait for sometime before \
                retrying."}
                """,
            reason: .throttled,
            advice: "hourly rate limit"
        ),
        ErrorSample(
            status: 401,
            body: """
                {"message":"Rate limit for this API has been reached. Please try again after some time."}
                """,
            reason: .throttled,
            advice: "60 requests a minute"
        ),
        ErrorSample(
            status: 200,
            body: #"{"errors":[{"msg":"RATE LIMIT reached"}]}"#,
            reason: .throttled,
            advice: "60 requests a minute"
        ),
        ErrorSample(
            status: 400,
            body: #"{"errors":[{"msg":"Wait","code":429}]}"#,
            reason: .throttled,
            advice: "lower budgets"
        ),
        ErrorSample(
            status: 400,
            body: #"{"errors":[{"msg":"Wait","code":"429"}]}"#,
            reason: .throttled,
            advice: "lower budgets"
        ),
        ErrorSample(
            status: 403,
            body: "Too Many Requests",
            reason: .throttled,
            advice: "lower budgets",
            contentType: "text/plain"
        ),
    ]

    static let others = [
        ErrorSample(status: 404, body: "", reason: .notFound, advice: "check the bot's id"),
        ErrorSample(
            status: 404,
            body: "",
            reason: .notFound,
            advice: "check base_url and its path prefix",
            endpoint: .bots
        ),
        ErrorSample(status: 401, body: "", reason: .auth, advice: "check client_id"),
        ErrorSample(status: 401, body: #"{"message":"no"}"#, reason: .auth, advice: "admin console", endpoint: .bots),
        ErrorSample(
            status: 403,
            body: #"{"errors":[{"msg":"Forbidden"}]}"#,
            reason: .scope,
            advice: "lacks the API scope"
        ),
        ErrorSample(status: 403, body: "", reason: .other, advice: "a proxy or firewall"),
        ErrorSample(
            status: 403,
            body: "<html><h1>Blocked</h1></html>",
            reason: .other,
            advice: "a proxy or firewall",
            contentType: "text/html"
        ),
        ErrorSample(
            status: 401,
            body: "<!DOCTYPE html><title>Login</title>",
            reason: .auth,
            advice: "asks for a login",
            contentType: "text/html; charset=utf-8"
        ),
        ErrorSample(
            status: 407,
            body: "<html></html>",
            reason: .other,
            advice: "http.proxy_url",
            contentType: "text/html"
        ),
        ErrorSample(
            status: 502,
            body: "<html><h1>Bad Gateway</h1></html>",
            reason: .serverError,
            advice: "a proxy before it",
            contentType: "text/html"
        ),
        ErrorSample(
            status: 503,
            body: "upstream",
            reason: .serverError,
            advice: "fault of its own",
            contentType: "text/plain"
        ),
        ErrorSample(status: 500, body: "", reason: .serverError, advice: "fault of its own"),
        ErrorSample(status: 599, body: "", reason: .serverError, advice: "fault of its own"),
        ErrorSample(status: 408, body: "", reason: .timeout, advice: "check the network"),
        ErrorSample(status: 418, body: "", reason: .badRequest, advice: "did not accept the request"),
        ErrorSample(status: 302, body: "", reason: .other, advice: "check base_url"),
        ErrorSample(status: 304, body: "", reason: .other, advice: "check base_url"),
        ErrorSample(status: 100, body: "", reason: .other, advice: "check base_url"),
        ErrorSample(status: 999, body: "", reason: .other, advice: "check base_url"),
        ErrorSample(
            status: 500,
            body: #"{"errors":[{"msg":"x","code":4002}]}"#,
            reason: .serverError,
            advice: "code 4002"
        ),
        ErrorSample(
            status: 400,
            body: #"{"errors":[{"msg":"Permission denied. Scope is incorrect!","code":4002}]}"#,
            reason: .scope,
            advice: "lacks the API scope"
        ),
    ]

    static let success = [
        ErrorSample(
            status: 200,
            body: #"{"errors":[{"msg":"Invalid SDK credentials","code":4002}]}"#,
            reason: .auth,
            advice: "check client_id"
        ),
        ErrorSample(
            status: 200,
            body: #"{"errors":[{"msg":"Invalid StreamId","code":400}]}"#,
            reason: .notFound,
            advice: "check the bot's id"
        ),
        ErrorSample(
            status: 200,
            body: #"{"status":"Error","message":"Something broke"}"#,
            reason: .other,
            advice: "its own words"
        ),
        ErrorSample(
            status: 200,
            body: #"{"status":"Error","message":"Something broke","code":500}"#,
            reason: .serverError,
            advice: "Something broke"
        ),
        ErrorSample(status: 200, body: #"{"error":"Invalid JWT token"}"#, reason: .auth, advice: "client_secret"),
        ErrorSample(status: 200, body: "", reason: .malformed, advice: "an empty body"),
        ErrorSample(status: 204, body: "", reason: .malformed, advice: "an empty body", contentType: nil),
        ErrorSample(status: 200, body: "OK", reason: .malformed, advice: #"begins "OK""#, contentType: "text/plain"),
        ErrorSample(
            status: 200,
            body: #"{"greeting":"hello"}"#,
            reason: .malformed,
            advice: "(none of the call's documented fields). A bot for which this never ran"
        ),
        ErrorSample(status: 200, body: "[]", reason: .malformed, advice: "an object expected"),
        ErrorSample(
            status: 200,
            body: #"{"status":"succ"#,
            reason: .malformed,
            advice: "a closing quote expected at byte 15"
        ),
        ErrorSample(
            status: 200,
            body: "<html><title>Sign in</title></html>",
            reason: .malformed,
            advice: "HTML (text/html) that begins",
            contentType: "text/html"
        ),
        ErrorSample(status: 200, body: #"{"message":"hello"}"#, reason: .malformed, advice: "none of the call's"),
        ErrorSample(status: 200, body: #"{"errors":[]}"#, reason: .malformed, advice: "none of the call's"),
    ]
}
