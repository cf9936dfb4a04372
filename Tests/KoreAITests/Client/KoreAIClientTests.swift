import Curl
import Model
import Testing

@testable import KoreAI

struct KoreAIClientTests {
    static let timeout = Duration.seconds(7)
    static let bot = BotAccess(
        BotAddress(baseURL: "https://host.example/kore", id: "st-1"),
        credential: Credential(name: "main", source: .token(Secret("the.token"))),
        timeout: timeout
    )

    /// The one request of a call, as a text.
    private func text(of platform: RecordedPlatform) throws -> String {
        let request = try #require(platform.asked.first)
        #expect(platform.asked.count == 1)
        #expect(request.timeout == Self.timeout)
        #expect(request.maxResponseBytes == 1000)
        let headers = request.headers.map { "\($0.name): \($0.value)" }
        let body = request.body.map { [String(decoding: $0, as: UTF8.self)] } ?? ["(no body)"]
        return (["\(request.method.rawValue) \(request.url)"] + headers + body).joined(separator: "\n")
    }

    @Test("Asking for an ML training")
    func mlTrainingStatus() async throws {
        let platform = RecordedPlatform(Samples.mlInProgress)
        let call = try await platform.client.mlTrainingStatus(of: Self.bot, language: "en", state: .published)
        #expect(
            try text(of: platform) == """
                GET https://host.example/kore/api/public/bot/st-1/ml/train/status?language=en&state=published
                auth: the.token
                accept: application/json
                content-type: application/json
                (no body)
                """
        )
        #expect(call.endpoint == .mlTrainStatus)
        #expect(call.code == 200)
        #expect(try call.result.get().value.status == .inProgress)
    }

    @Test("Asking for an FAQ training")
    func faqTrainingStatus() async throws {
        let platform = RecordedPlatform(Samples.faqFailed)
        let call = try await platform.client.faqTrainingStatus(of: Self.bot, language: "de", state: .configured)
        #expect(
            try text(of: platform) == """
                GET https://host.example/kore/api/public/bot/st-1/faqs/train/status?language=de&state=configured
                auth: the.token
                accept: application/json
                content-type: application/json
                (no body)
                """
        )
        #expect(call.endpoint == .faqTrainStatus)
        #expect(try call.result.get().value.status == .failed)
    }

    @Test("Asking for an export")
    func mlExportStatus() async throws {
        let platform = RecordedPlatform(Samples.exportSucceeded)
        let call = try await platform.client.mlExportStatus(of: Self.bot)
        #expect(
            try text(of: platform) == """
                GET https://host.example/kore/api/public/bot/st-1/mlexport/status
                auth: the.token
                accept: application/json
                content-type: application/json
                (no body)
                """
        )
        #expect(call.endpoint == .mlExportStatus)
        #expect(try call.result.get().value.status == .success)
    }

    @Test("Starting an ML training, in a language or in English", arguments: ["de", nil])
    func startMLTraining(language: String?) async throws {
        let platform = RecordedPlatform(Samples.mlStarted)
        let call = try await platform.client.startMLTraining(of: Self.bot, language: language)
        #expect(
            try text(of: platform) == """
                POST https://host.example/kore/api/public/bot/st-1/ml/train
                auth: the.token
                accept: application/json
                content-type: application/json
                \(language.map { "bot-language: \($0)\n" } ?? "")
                """
        )
        #expect(call.endpoint == .mlTrain)
        #expect(try call.result.get().value.message == "Training Queued.")
    }

    @Test("Starting an FAQ training", arguments: [("en", "en"), ("a\"b\\\n\u{1}ü", #"a\"b\\\n\u0001ü"#)])
    func startFAQTraining(language: String, written: String) async throws {
        let platform = RecordedPlatform(Samples.faqStarted)
        let call = try await platform.client.startFAQTraining(of: Self.bot, language: language)
        #expect(
            try text(of: platform) == """
                POST https://host.example/kore/api/public/bot/st-1/faqs/train
                auth: the.token
                accept: application/json
                content-type: application/json
                {"language":"\(written)"}
                """
        )
        #expect(call.endpoint == .faqTrain)
        #expect(try call.result.get().value.id == "ds-0001")
    }

    @Test("Starting an export")
    func startMLExport() async throws {
        let platform = RecordedPlatform(Samples.exportStarted)
        let call = try await platform.client.startMLExport(of: Self.bot)
        #expect(
            try text(of: platform) == """
                POST https://host.example/kore/api/public/bot/st-1/mlexport?state=configured&type=csv
                auth: the.token
                accept: application/json
                content-type: application/json

                """
        )
        #expect(call.endpoint == .mlExport)
        #expect(try call.result.get().value.status == .inProgress)
    }

    @Test(
        "Asking for bots, with offset and limit within what the platform takes",
        arguments: [(0, 50, 0, 50), (100, 10, 100, 10), (-5, 500, 0, 50), (3, 0, 3, 1)]
    )
    func bots(offset: Int, limit: Int, askedOffset: Int, askedLimit: Int) async throws {
        let platform = RecordedPlatform(Samples.bots)
        let call = try await platform.client.bots(
            baseURL: "https://host.example",
            offset: offset,
            limit: limit,
            credential: Self.bot.credential,
            timeout: Self.timeout
        )
        let url = "https://host.example/api/public/bots?offset=\(askedOffset)&limit=\(askedLimit)"
        #expect(try text(of: platform).hasPrefix("GET \(url)\nauth: the.token\n"))
        #expect(call.endpoint == .bots)
        #expect(try call.result.get().value.bots.map(\.id) == ["st-1111", "st-2222"])
    }

    @Test("What was not understood stands beside the value")
    func unrecognized() async throws {
        let platform = RecordedPlatform(#"{"status":"daydreaming","_id":"ds-0"}"#)
        let call = try await platform.client.mlExportStatus(of: Self.bot)
        let reply = try call.result.get()
        #expect(reply.value == MLExportReply(status: .unknown, id: "ds-0"))
        #expect(reply.unrecognized == [UnrecognizedValue(field: "status", found: "daydreaming")])
    }

    @Test("A failed transfer is a call without a code")
    func transfer() async throws {
        let platform = RecordedPlatform { _ in throw CurlError(reason: .dns, message: "no such host", curlCode: 6) }
        let call = try await platform.client.mlExportStatus(of: Self.bot)
        #expect(call.code == 0)
        #expect(failure(call) == APIError(reason: .dns, code: 0, message: "ml_export_status: no such host"))
    }

    @Test("Without a token nothing is asked")
    func noToken() async throws {
        let platform = RecordedPlatform("")
        let call = try await platform.client.mlExportStatus(
            of: BotAccess(
                Self.bot.address,
                credential: Credential(name: "none", source: .token(Secret(""))),
                timeout: Self.timeout
            )
        )
        #expect(call.code == 0)
        #expect(failure(call)?.reason == .auth)
        #expect(platform.asked.isEmpty)
    }

    @Test("Cancellation is thrown on")
    func cancellation() async throws {
        let platform = RecordedPlatform { _ in throw CancellationError() }
        await #expect(throws: CancellationError.self) {
            try await platform.client.mlExportStatus(of: Self.bot)
        }
    }

    @Test("Retry-After and its date come with the error")
    func retryAfter() async throws {
        let headers = [
            ("date", "Sun, 06 Nov 1994 08:49:37 GMT"), ("retry-after", "Sun, 06 Nov 1994 08:50:37 GMT"),
        ]
        let platform = RecordedPlatform(status: 429, headers: headers, "")
        let call = try await platform.client.mlExportStatus(of: Self.bot)
        #expect(call.code == 429)
        #expect(failure(call)?.reason == .throttled)
        #expect(failure(call)?.retryAfter == .seconds(60))
    }

    @Test(
        "A token that is refused is not used again, one whose scope is missing is",
        arguments: [("Invalid SDK credentials", true), ("Permission denied. Scope is incorrect!", false)]
    )
    func refused(message: String, isRefused: Bool) async throws {
        let clock = TestClock()
        let source = CredentialSource.client(ClientCredential(clientID: "cs-1", clientSecret: Secret("secret")))
        let credential = Credential(name: "main", source: source) { clock.now }
        let platform = RecordedPlatform(status: 401, #"{"errors":[{"msg":"\#(message)","code":4002}]}"#)
        var last: APICall<MLExportReply>?
        for _ in 0..<2 {
            last = try await platform.client.mlExportStatus(
                of: BotAccess(Self.bot.address, credential: credential, timeout: Self.timeout)
            )
            clock.advance(milliseconds: 5000)
        }
        #expect(failure(try #require(last))?.message.hasSuffix("(credential main)") == true)
        let tokens = platform.asked.map { $0.headers[0].value }
        #expect(tokens.count == 2)
        #expect((tokens[0] != tokens[1]) == isRefused)
    }

    @Test("A ready token that was refused because it has expired says so")
    func expired() async throws {
        let platform = RecordedPlatform(status: 401, #"{"errors":[{"msg":"Invalid SDK credentials","code":4002}]}"#)
        // {"exp":1767225600}
        let token = Secret("eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE3NjcyMjU2MDB9.x")
        let clock = TestClock()
        let credential = Credential(name: "env", source: .token(token)) { clock.now }
        let call = try await platform.client.mlExportStatus(
            of: BotAccess(Self.bot.address, credential: credential, timeout: Self.timeout)
        )
        let message = try #require(failure(call)?.message)
        #expect(
            message.hasSuffix("The token in the environment expired at 2026-01-01T00:00:00.000Z: put a new one there")
        )
        #expect(!message.contains("eyJ"))
    }

    private func failure<Value>(_ call: APICall<Value>) -> APIError? {
        guard case .failure(let error) = call.result else { return nil }
        return error
    }
}
