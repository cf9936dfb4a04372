import Model

/// A row of the table that tells why a call failed. The first row that matches counts.
///
/// Source of the platform's words and numbers: the "Errors" and "Rate limits" tables of its documentation and what
/// public clients of it met. Code 4002 tells neither a bad token from a missing scope; the words do.
struct ErrorRule: Sendable {
    var reason: APIError.Reason
    /// The HTTP status, as ``ErrorSymptoms/status`` has it.
    var statuses: ClosedRange<Int> = 100...999
    /// Lower-case texts of which one has to stand in the words. Empty: the words do not matter.
    var phrases: [String] = []
    /// `nil`: the origin of the body does not matter.
    var speaker: ErrorSymptoms.Speaker?
    /// `nil`: any.
    var endpoint: Endpoint?
    /// A sentence that tells the operator what it means and what to check.
    var advice: @Sendable (HTTPReply) -> String

    func matches(_ symptoms: ErrorSymptoms) -> Bool {
        statuses.contains(symptoms.status)
            && (phrases.isEmpty || phrases.contains { symptoms.words.contains($0) })
            && (speaker == nil || speaker == symptoms.speaker)
            && (endpoint == nil || endpoint == symptoms.endpoint)
    }

    /// The rule for errors that no other rule matches.
    static let unlisted = ErrorRule(reason: .other) { _ in
        "This is no reply that the platform is known to give: check base_url and http.proxy_url"
    }
}

extension ErrorRule {
    /// The table, most telling symptoms first: the platform's words, then the status.
    static let all: [ErrorRule] = throttling + credentials + bots + proxies + statuses

    private static let throttling = [
        ErrorRule(
            reason: .throttled,
            statuses: 200...599,
            phrases: ["rate limit", "rate-limit", "ratelimit", "too many requests"],
            advice: throttled
        ),
        ErrorRule(reason: .throttled, statuses: 429...429, advice: throttled),
    ]

    private static let credentials = [
        // What an app that enforces encryption answers is not documented: its words name it in some way.
        ErrorRule(
            reason: .auth,
            statuses: 400...499,
            phrases: ["jwe", "encrypted token", "token encryption", "encryption is enforced", "encryption is required"]
        ) { _ in
            """
            The app enforces encrypted tokens (JWE), for which signing with client_secret is not enough: give the \
            credential a token_file with a ready token, or have "Enforce JWE" taken off the app
            """
        },
        ErrorRule(
            reason: .auth,
            phrases: ["verifying the jwt", "invalid jwt", "jwt expired", "jwt malformed"]
        ) { _ in
            """
            The token itself was refused: check client_secret and algorithm, or the file of the ready token, the clock of \
            this machine, and the credential's jti claim if the app enforces it
            """
        },
        ErrorRule(reason: .scope, statuses: 401...401, phrases: ["scope", "permission denied"], advice: scope),
        ErrorRule(reason: .auth, statuses: 401...401, speaker: .page) { _ in
            "Something between here and the platform asks for a login: check base_url and http.proxy_url"
        },
        ErrorRule(reason: .auth, statuses: 401...401) { reply in
            """
            The token is missing, wrong, expired, or not for \(reply.endpoint == .bots ? "this account" : "this bot"): \
            check client_id and client_secret, or the ready token, and that its app \
            \(reply.endpoint == .bots ? "is one of the admin console" : "belongs to the bot")
            """
        },
        ErrorRule(reason: .scope, statuses: 403...403, speaker: .platform, advice: scope),
    ]

    private static let bots = [
        ErrorRule(
            reason: .notFound,
            statuses: 400...499,
            phrases: [
                "invalid streamid", "invalid stream id", "invalid botid", "invalid bot id", "stream not found",
                "bot not found",
            ]
        ) { _ in
            """
            The platform knows no bot of this id: check the bot's id (General Settings, st-…) and that base_url is the \
            region it lives in
            """
        },
        ErrorRule(reason: .notFound, statuses: 404...404) { reply in
            reply.endpoint == .bots
                ? "The platform has no such path: check base_url and its path prefix"
                : "The platform has no such bot or path: check the bot's id, and base_url and its path prefix"
        },
    ]

    private static let proxies = [
        ErrorRule(reason: .other, statuses: 403...403) { _ in
            """
            Not the API's own reply: a proxy or firewall refused the request; check http.proxy_url and \
            whether the platform allows this machine's address
            """
        },
        ErrorRule(reason: .other, statuses: 407...407) { _ in
            "The proxy asks for a login: check the user and password in http.proxy_url"
        },
        ErrorRule(reason: .other, statuses: 300...399) { reply in
            "The redirect to \(reply.redirectHost) was not followed, as the token must not travel: check base_url"
        },
    ]

    private static let statuses = [
        ErrorRule(reason: .other, statuses: 200...299, speaker: .platform) { _ in
            "The platform answered with an error that is not known: its own words are all there is to go by"
        },
        ErrorRule(reason: .timeout, statuses: 408...408) { _ in
            "The server waited too long for the request: check the network between here and the platform"
        },
        ErrorRule(reason: .badRequest, statuses: 405...405) { _ in
            "The server does not take this method here: check base_url and its path prefix"
        },
        ErrorRule(reason: .badRequest, statuses: 400...499) { reply in
            "The platform did not accept the request: check \(parameters(of: reply.endpoint))"
        },
        ErrorRule(reason: .serverError, statuses: 500...500, endpoint: .mlExportStatus) { _ in
            """
            The platform answers so for a while after an export was started: a later try succeeds. If it stays, check \
            the platform's status page
            """
        },
        ErrorRule(reason: .serverError, statuses: 500...599, speaker: .page) { _ in
            """
            A page for people, not the API's reply: the platform or a proxy before it is down; the next polls try again. \
            If it stays, check http.proxy_url and the platform's status page
            """
        },
        ErrorRule(reason: .serverError, statuses: 500...599) { _ in
            "The platform has a fault of its own: the next polls try again. If it stays, check its status page"
        },
    ]

    private static let throttled: @Sendable (HTTPReply) -> String = { _ in
        """
        The platform allows 60 requests a minute and 1,800 an hour: lengthen poll_interval, lower budgets, or check what \
        else calls the API for this bot
        """
    }

    private static let scope: @Sendable (HTTPReply) -> String = { reply in
        """
        The credential's app lacks the API scope of this call: give it the scope (\(reply.endpoint.row.scope)) and \
        publish the app
        """
    }

    private static func parameters(of endpoint: Endpoint) -> String {
        switch endpoint {
        case .mlTrainStatus, .faqTrainStatus: "the bot's id, languages and states"
        case .mlExportStatus, .publishStatus: "the bot's id"
        case .mlTrain, .faqTrain: "the bot's id and the language"
        case .mlExport: "the bot's id, the state and the file type"
        case .publish: "the bot's id, and that at least one of its channels is enabled"
        case .bots: "base_url"
        }
    }
}

/// The parts of an error reply that the rules look at.
struct ErrorSymptoms: Hashable {
    /// The origin of the body, by its form.
    enum Speaker: Hashable {
        /// An error body of JSON.
        case platform
        /// A page for people: a proxy, a firewall or a login.
        case page
        /// Nothing, or nothing that tells.
        case unknown
    }

    /// The HTTP status, or what stands for it: the code of an error body that came with 200 to 299, and, where it is
    /// below 500, 401 for the platform's codes 401 and 4002 and 429 for its code 429.
    var status: Int
    /// The platform's words, or those of a plain text, in lower case.
    var words: String
    var speaker: Speaker
    var endpoint: Endpoint

    init(_ reply: HTTPReply, platform: PlatformError?) {
        endpoint = reply.endpoint
        if let platform {
            speaker = .platform
            words = (platform.message ?? "").lowercased()
        } else if reply.isHTML {
            speaker = .page
            words = ""
        } else {
            speaker = .unknown
            words = PrintableText.of(reply.body, limit: 200).lowercased()
        }
        let isSuccess = (200..<300).contains(reply.status)
        switch platform?.number {
        case _ where reply.status == 429, 429 where reply.status < 500:
            status = 429
        case 401 where reply.status < 500, 4002 where reply.status < 500:
            status = 401
        case .some(let number) where isSuccess && (400..<600).contains(number):
            status = number
        default:
            status = reply.status
        }
    }
}
