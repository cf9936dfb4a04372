extension KoreAIClient {
    /// One page of `GET …/bots`, for which the credential must be an admin's.
    ///
    /// - Parameter limit: 1 to 50, the platform's maximum; what is beyond is cut to it.
    package func bots(
        baseURL: String,
        offset: Int = 0,
        limit: Int = 50,
        credential: Credential,
        timeout: Duration
    ) async throws -> APICall<BotPage> {
        let endpoint = Endpoint.bots
        let parameters = [
            "offset": String(max(0, offset)), "limit": String(min(max(1, limit), BotListWalk.pageSize)),
        ]
        return try await call(
            endpoint,
            url: endpoint.url(baseURL: baseURL, parameters),
            credential: credential,
            timeout: timeout
        )
    }

    /// All bots of an account, page by page, at most 10,000.
    ///
    /// - Parameters:
    ///   - timeout: For each page.
    ///   - beforePage: Runs before each request: where its budget is waited for. What it throws ends the walk.
    ///   - afterPage: Gets each call, to be counted.
    /// - Returns: Every bot once, or why a page could not be had. The duration is that of all pages together.
    package func allBots(
        baseURL: String,
        credential: Credential,
        timeout: Duration,
        beforePage: () async throws -> Void = {},
        afterPage: (APICall<BotPage>) -> Void = { _ in }
    ) async throws -> APICall<[BotPage.Bot]> {
        var walk = BotListWalk()
        var unrecognized: [UnrecognizedValue] = []
        var duration = Duration.zero
        while true {
            try await beforePage()
            let call = try await bots(baseURL: baseURL, offset: walk.offset, credential: credential, timeout: timeout)
            afterPage(call)
            duration += call.duration
            switch call.result {
            case .failure(let error):
                return APICall(endpoint: .bots, code: call.code, duration: duration, result: .failure(error))
            case .success(let page):
                unrecognized += page.unrecognized
                if walk.took(page.value) { continue }
                let result = Decoded(walk.bots, unrecognized: unrecognized)
                return APICall(endpoint: .bots, code: call.code, duration: duration, result: .success(result))
            }
        }
    }
}
