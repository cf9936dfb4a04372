import Testing

@testable import KoreAI

struct HTTPReplyTests {
    private func error(_ row: ErrorSample) -> APIError? {
        let reply = HTTPReply(
            endpoint: row.endpoint,
            status: row.status,
            contentType: row.contentType,
            body: Array(row.body.utf8)
        )
        guard case .failure(let error) = reply.result(as: FAQTrainingReply.self) else { return nil }
        return error
    }

    @Test("Documented errors", arguments: ErrorSample.documented + ErrorSample.encryption)
    func documented(row: ErrorSample) throws {
        try check(row)
    }

    @Test("Throttling is told by the status, the words and the code", arguments: ErrorSample.throttled)
    func throttled(row: ErrorSample) throws {
        try check(row)
    }

    @Test("Errors that nobody documents", arguments: ErrorSample.others)
    func others(row: ErrorSample) throws {
        try check(row)
    }

    @Test("Errors and nonsense that come with success", arguments: ErrorSample.success)
    func success(row: ErrorSample) throws {
        try check(row)
    }

    private func check(_ row: ErrorSample) throws {
        let error = try #require(self.error(row))
        #expect(error.reason == row.reason)
        #expect(error.code == row.status)
        #expect(error.message.contains(row.advice), "\(error.message)")
        #expect(error.message.hasPrefix("\(row.endpoint.rawValue): HTTP \(row.status)"))
        #expect(error.message.unicodeScalars.allSatisfy { $0.value >= 0x20 })
    }

    @Test("A reply that says something is none, whatever else stands in it")
    func notAnError() {
        for body in [
            #"{"_id":"5d","errors":[{"msg":"x"}]}"#, #"{"status":"success","error":"x"}"#, Samples.faqFailed,
        ] {
            #expect(error(ErrorSample(status: 200, body: body, reason: .other, advice: "")) == nil)
        }
    }

    @Test("Retry-After is taken along")
    func retryAfter() {
        for status in [429, 503] {
            let reply = HTTPReply(endpoint: .mlTrainStatus, status: status, retryAfter: .seconds(17))
            #expect(reply.error.retryAfter == .seconds(17))
        }
    }

    @Test(
        "Of a redirect only the host is told",
        arguments: [
            ("https://login.example/sso?token=hush", "login.example"), ("//cdn.example:8443/x", "cdn.example:8443"),
            ("https://user:hush@host.example/x", "host.example"), ("/login?hush", "another path of the same host"),
            (nil, "another path of the same host"), ("https://", "no host"),
            ("/a//hush", "another path of the same host"), ("hush", "another path of the same host"),
            ("https://a.example\\@hush/", "a.example"),
        ]
    )
    func redirect(location: String?, host: String) {
        let error = HTTPReply(endpoint: .bots, status: 302, location: location).error
        #expect(error.reason == .other)
        #expect(error.message.contains("The redirect to \(host) was not followed"))
        #expect(!error.message.contains("hush"))
    }

    @Test("Of the platform's words a line of at most 200 characters is told, without tokens")
    func quoted() {
        let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJlc2lnbmF0dXJl"
        let long = String(repeating: "wordy ", count: 100)
        let body = #"{"errors":[{"msg":"bad\ntoken \#(token) \#(long)","code":1}]}"#
        let error = HTTPReply(endpoint: .mlTrain, status: 400, body: Array(body.utf8)).error
        #expect(error.message.contains(#"says "bad token <redacted> wordy "#))
        #expect(!error.message.contains("eyJ"))
        #expect(!error.message.contains("\n"))
        #expect(error.message.split(separator: "\"")[1].count == 200)
    }

    @Test("Nothing of a list of bots that is not understood is told")
    func listOfBots() {
        let body = Array(#"{"bots":[{"clientSecret":"hush""#.utf8)
        for status in [200, 500] {
            let reply = HTTPReply(endpoint: .bots, status: status, contentType: "application/json", body: body)
            guard case .failure(let error) = reply.result(as: BotPage.self) else {
                Issue.record("a cut list is no list")
                return
            }
            #expect(!error.message.contains("hush"), "\(error.message)")
            #expect(error.message.contains("31 bytes (application/json)"))
        }
    }

    @Test("The message that tells what to check, in full")
    func wholeMessage() {
        let body = Array(#"{"errors":[{"msg":"Permission denied. Scope is incorrect!","code":4002}]}"#.utf8)
        #expect(
            HTTPReply(endpoint: .faqTrainStatus, status: 401, body: body).error.message == """
                faq_train_status: HTTP 401, the platform says "Permission denied. Scope is incorrect!" (code 4002). The \
                credential's app lacks the API scope of this call: give it the scope (App Builder: Train FAQ; Admin \
                Console: Test and Train > Train FAQ) and publish the app
                """
        )
    }
}
