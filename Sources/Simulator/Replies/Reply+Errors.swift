/// The platform's error replies, as its documentation and public clients know them.
extension Reply {
    /// `{"errors":[{"msg":"…","code":…}]}`, the usual body.
    static func error(_ status: Int, code: Int, _ message: String) -> Reply {
        Reply(status: status, json: ["errors": [["msg": .string(message), "code": .integer(code)]]])
    }

    /// The token is missing, wrong, or for another bot.
    static let invalidCredentials = error(401, code: 4002, "Invalid SDK credentials")
    /// The header is no JWT at all.
    static let invalidToken = error(401, code: 401, "Invalid JWT token")
    /// The app lacks the call's API scope. Not 403, and the code of a wrong token.
    static let scopeMissing = error(401, code: 4002, "Permission denied. Scope is incorrect!")
    /// An admin credential asked about a bot that is not there.
    static let invalidStream = error(400, code: 400, "Invalid StreamId")
    static let methodNotAllowed = error(405, code: 405, "Method Not Allowed")
    static let invalidArguments = error(412, code: 412, "Validation errors/ Invalid arguments")
    static let internalError = error(500, code: 500, "Internal Server Error")
    static let notFound = error(404, code: 404, "Not Found")

    /// The token was rejected over its `exp` or `jti`.
    static func jwtRejected(_ why: String) -> Reply {
        error(401, code: 401, "error verifying the jwt: \(why)")
    }

    /// What a proxy in front of the platform answers.
    static let unavailablePage = Reply(
        status: 503,
        html: """
            <html><head><title>503 Service Temporarily Unavailable</title></head>\
            <body><center><h1>503 Service Temporarily Unavailable</h1></center></body></html>
            """
    )
    /// A sign-in page where JSON was expected.
    static let signInPage = Reply(
        html: "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>"
    )
}
