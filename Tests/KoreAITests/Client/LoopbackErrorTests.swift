import Model
import Testing

@testable import KoreAI
@testable import Simulator

/// Every documented error, and faults that nobody documents, from the simulated platform.
struct LoopbackErrorTests {
    /// A fault, and what becomes of it.
    struct Row: Sendable, CustomTestStringConvertible {
        var fault: Fault
        var code: Int
        var reason: APIError.Reason
        /// Stands in the message.
        var words: String

        var testDescription: String { "\(fault)" }
    }

    static let faults = [
        Row(fault: .throttled(retryAfter: nil), code: 429, reason: .throttled, words: "per-minute rate limit"),
        Row(fault: .throttledByMessage, code: 400, reason: .throttled, words: "per-minute rate limit"),
        Row(fault: .serverError, code: 500, reason: .serverError, words: "Internal Server Error"),
        Row(fault: .unavailable, code: 503, reason: .serverError, words: "A page for people"),
        Row(fault: .unauthorized, code: 401, reason: .auth, words: "Invalid SDK credentials"),
        Row(fault: .invalidToken, code: 401, reason: .auth, words: "Invalid JWT token"),
        Row(fault: .scopeMissing, code: 401, reason: .scope, words: "App Builder: Train ML"),
        Row(fault: .expiredToken, code: 401, reason: .auth, words: "the clock of this machine"),
        Row(fault: .html, code: 200, reason: .malformed, words: "HTML (text/html; charset=utf-8) that begins"),
        Row(fault: .garbage, code: 200, reason: .malformed, words: "(application/json; charset=utf-8) that begins"),
        Row(fault: .emptyBody, code: 200, reason: .malformed, words: "an empty body"),
        Row(fault: .redirect, code: 302, reason: .other, words: "The redirect to 127.0.0.1:"),
        Row(fault: .hugeBody(mebibytes: 1), code: 0, reason: .tooLarge, words: "ml_train_status: "),
        Row(
            fault: .reply(status: 412, headers: [:], body: #"{"errors":[{"msg":"Validation errors","code":412}]}"#),
            code: 412,
            reason: .badRequest,
            words: "languages and states"
        ),
        Row(
            fault: .reply(status: 200, headers: [:], body: #"{"status":"Error","message":"Broken"}"#),
            code: 200,
            reason: .other,
            words: "Broken"
        ),
    ]

    @Test("A fault is a failure with its reason, and the next call is fine again", arguments: faults)
    func fault(row: Row) async throws {
        try await Loopback.run { platform in
            platform.simulator.inject(row.fault, times: 1)
            let call = try await platform.mlTraining()
            #expect(call.code == row.code)
            #expect(call.failure?.reason == row.reason)
            #expect(call.failure?.message.contains(row.words) == true, "\(call.failure?.message ?? "no failure")")
            #expect(try await platform.mlTraining().code == 200)
        }
    }

    @Test(
        "A connection that ends too early is a failure without a reply",
        arguments: [Fault.truncated, .close, .reset]
    )
    func brokenConnection(fault: Fault) async throws {
        try await Loopback.run { platform in
            platform.simulator.inject(fault, times: 1)
            let failure = try #require(try await platform.mlTraining().failure)
            #expect([.other, .connect].contains(failure.reason), "\(failure.message)")
            #expect(try await platform.mlTraining().code == 200)
        }
    }

    @Test(
        "A reply of unknown words and wrong types is a reply, with reports",
        arguments: [Fault.mistyped, .unknownWords]
    )
    func strangeReplies(fault: Fault) async throws {
        try await Loopback.run { platform in
            platform.simulator.inject(fault)
            let ml = try await platform.mlTraining().result.get()
            #expect(ml.value.status == .unknown)
            #expect(ml.unrecognized.map(\.field).contains("trainingStatus"))
            let export = try await platform.export().result.get()
            #expect(export.value.status == .unknown)
            #expect(export.unrecognized.map(\.field).contains("status"))
        }
    }

    @Test("The rate limit is a failure that says how long to wait")
    func rateLimit() async throws {
        try await Loopback.run {
            $0.limits.perMinute = 2
            $0.limits.retryAfter = true
            $0.limits.status = 403
        } _: { platform in
            for _ in 0..<2 { #expect(try await platform.mlTraining().code == 200) }
            let failure = try #require(try await platform.mlTraining().failure)
            #expect(failure.reason == .throttled)
            #expect(failure.code == 403)
            #expect(failure.retryAfter == .seconds(60))
        }
    }

    @Test("A wrong secret, a missing scope, another's bot and an unknown one are told apart")
    func credentials() async throws {
        try await Loopback.run {
            $0.credentials.append(
                Scenario.Credential(name: "narrow", clientID: "cs-narrow", clientSecret: "n", scopes: [.trainFAQ])
            )
            $0.credentials.append(
                Scenario.Credential(name: "admin", clientID: "cs-admin", clientSecret: "a", isAdmin: true)
            )
            $0.bots.append(Scenario.Bot(id: "st-2", name: "cards", credentials: ["main"]))
        } _: { platform in
            let wrong = platform.credential { $0.clientSecret = Secret("wrong") }
            #expect(try await platform.mlTraining(credential: wrong).failure?.reason == .auth)

            let narrow = platform.credential {
                $0.clientID = "cs-narrow"
                $0.clientSecret = Secret("n")
            }
            #expect(try await platform.mlTraining(credential: narrow).failure?.reason == .scope)
            #expect(try await platform.export(credential: narrow).failure?.reason == .scope)

            var other = platform.bot
            other.id = "st-2"
            let others = try await platform.client.faqTrainingStatus(
                of: BotAccess(other, credential: narrow, timeout: Loopback.timeout),
                language: "en",
                state: .configured
            )
            #expect(others.failure?.reason == .auth)

            let admin = platform.credential {
                $0.clientID = "cs-admin"
                $0.clientSecret = Secret("a")
            }
            other.id = "st-unknown"
            let unknown = try await platform.client.mlExportStatus(
                of: BotAccess(other, credential: admin, timeout: Loopback.timeout)
            )
            #expect(unknown.failure?.reason == .notFound)
            #expect(unknown.code == 400)

            let bots = try await platform.client.bots(
                baseURL: platform.baseURL,
                credential: platform.credential(),
                timeout: Loopback.timeout
            )
            #expect(bots.failure?.reason == .scope)
        }
    }

    @Test("A language that is not enabled is a bad request")
    func language() async throws {
        try await Loopback.run { platform in
            let failure = try #require(try await platform.mlTraining("fr").failure)
            #expect(failure.reason == .badRequest)
            #expect(failure.code == 412)
        }
    }

    @Test("An export's status right after its start is a server error that passes")
    func exportJustStarted() async throws {
        try await Loopback.run {
            $0.bots[0].exportStatusErrors = 1
        } _: { platform in
            try platform.simulator.startExport("banking")
            let failure = try #require(try await platform.export().failure)
            #expect(failure.reason == .serverError)
            #expect(failure.message.contains("after an export was started"))
            #expect(try await platform.export().result.get().value.status == .inProgress)
        }
    }

    @Test("A certificate that nobody vouches for is a failure of TLS")
    func certificate() async throws {
        try await Loopback.run(tls: .expired) { platform in
            let call = try await platform.mlTraining()
            #expect(call.failure?.reason == .tls)
        }
    }

    @Test("A port where nobody listens is a failure to connect")
    func nobodyListens() async throws {
        try await Loopback.run { platform in
            let bot = BotAddress(baseURL: "http://127.0.0.1:1", id: "st-1")
            let call = try await platform.client.mlExportStatus(
                of: BotAccess(bot, credential: platform.credential(), timeout: Loopback.timeout)
            )
            #expect(call.failure?.reason == .connect)
            #expect(call.code == 0)
        }
    }
}
