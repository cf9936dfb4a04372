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
        case .mlExportStatus: "the bot's id"
        case .mlTrain, .faqTrain: "the bot's id and the language"
        case .mlExport: "the bot's id, the state and the file type"
        case .bots: "base_url"
        }
    }
}
