import Testing

@testable import Simulator

@Suite("A simulator on a socket")
struct SimulatorTests {
    @Test("answers the three status calls")
    func answersStatusCalls() async throws {
        let fixture = try await Fixture(clock: .manual(ManualClock()))
        try await fixture.simulator.withRunning { baseURL in
            let ml = try await fixture.get(Fixture.training, baseURL)
            #expect(ml.status == 200)
            #expect(ml.header("content-type") == "application/json; charset=utf-8")
            #expect(ml.body.hasPrefix(#"{"trainingStatus":"Finished","isMlInSyncWithSentences":true,"#))
            let faq = try await fixture.get("/api/public/bot/st-1/faqs/train/status?language=en", baseURL)
            #expect(faq.body.contains(#""message":"Success","status":"success","__v":0,"modifiedOn":""#))
            try fixture.simulator.startExport("banking")
            let export = try await fixture.get(Fixture.export, baseURL)
            #expect(export.body.contains(#""status":"IN_PROGRESS","percentageComplete":0,"streamId":"st-1""#))
        }
    }

    @Test("starts trainings and exports, and serves an export's file to whoever has its link")
    func answersTriggers() async throws {
        let clock = ManualClock()
        let fixture = try await Fixture(clock: .manual(clock))
        try await fixture.simulator.withRunning { baseURL in
            #expect(try await fixture.post("/api/public/bot/st-1/ml/train", baseURL).status == 200)
            #expect(
                try await fixture.post("/api/public/bot/st-1/faqs/train", baseURL, body: #"{"language":"de"}"#)
                    .status == 200
            )
            let started = try await fixture.post(
                "/api/public/bot/st-1/mlexport?state=configured&=&type=csv",
                baseURL
            )
            #expect(started.body.contains(#""status":"IN_PROGRESS""#))
            try fixture.simulator.advance(by: .seconds(60))
            let ended = try await fixture.get(Fixture.export, baseURL).body
            let link = try #require(ended.firstMatch(of: /"downloadUrl":"([^"]+)"/)).1
            #expect(link.hasPrefix("\(baseURL)/_simulator/files/"))
            let file = try await RawClient.send("GET", String(link.dropFirst(baseURL.count)), to: baseURL)
            #expect(file.body.hasPrefix("Utterance,Intent\r\n"))
            let other = try await RawClient.send("GET", "/_simulator/files/other.csv", to: baseURL)
            #expect(other.status == 404)
            #expect(fixture.simulator.events().filter { $0.kind == .trainingEnded }.count == 2)
        }
    }

    @Test("publishes for an admin credential alone, on either path")
    func answersPublishes() async throws {
        let admin = Scenario.one { $0.credentials[0].isAdmin = true }
        let fixture = try await Fixture(admin, clock: .manual(ManualClock()))
        try await fixture.simulator.withRunning { baseURL in
            let status = "/public/bot/st-1/publish/status"
            let before = try await fixture.get("/api\(status)", baseURL).body
            #expect(before.contains(#""status":"successful""#))
            let body = #"{"versionComment":"new intents","initiateTraining":false}"#
            let started = try await fixture.post("/api/public/bot/st-1/publish", baseURL, body: body)
            #expect(started.body.contains(#""versionComment":"new intents""#))
            #expect(try await fixture.get("/api/1.1\(status)/", baseURL).body.contains(#""status":"inprogress""#))
            try fixture.simulator.advance(by: .seconds(60))
            #expect(try await fixture.get("/api\(status)", baseURL).body.contains(#""percentageComplete":100"#))
            let ends = fixture.simulator.events().filter { $0.kind == .publishEnded }
            #expect(ends.map(\.outcome) == ["success"])
        }
        let builder = try await Fixture()
        try await builder.simulator.withRunning { baseURL in
            let refused = try await builder.get("/api/public/bot/st-1/publish/status", baseURL)
            #expect(refused.status == 401)
            #expect(refused.body.contains("Scope is incorrect"))
        }
    }

    @Test("turns away what it should", arguments: Refusal.all)
    func refuses(refusal: Refusal) async throws {
        let fixture = try await Fixture()
        let token = try await refusal.token()
        try await fixture.simulator.withRunning { baseURL in
            let headers = token.map { ["auth": $0] } ?? [:]
            let answer = try await RawClient.send(refusal.method, refusal.path, to: baseURL, headers: headers)
            #expect(answer.status == refusal.status)
            #expect(answer.body == refusal.body)
        }
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var method = "GET"
        var path = Fixture.export
        var status = 401
        var body: String
        var token: @Sendable () async throws -> String? = { try await Token.sign() }

        private static func error(_ code: Int, _ message: String) -> String {
            #"{"errors":[{"msg":"\#(message)","code":\#(code)}]}"#
        }

        static let all = [
            Refusal(testDescription: "no token", body: error(4002, "Invalid SDK credentials"), token: { nil }),
            Refusal(testDescription: "no JWT", body: error(401, "Invalid JWT token"), token: { "x" }),
            Refusal(
                testDescription: "Bearer",
                body: error(401, "Invalid JWT token"),
                token: { "Bearer \(try await Token.sign())" }
            ),
            Refusal(
                testDescription: "another secret",
                body: error(4002, "Invalid SDK credentials"),
                token: { try await Token.sign(secret: "other") }
            ),
            Refusal(
                testDescription: "an ended token",
                body: error(401, "error verifying the jwt: jwt expired"),
                token: { try await Token.sign(expiry: 1_000_000) }
            ),
            Refusal(
                testDescription: "another bot",
                path: "/api/public/bot/st-2/mlexport/status",
                body: error(4002, "Invalid SDK credentials")
            ),
            Refusal(
                testDescription: "the list of bots",
                path: "/api/public/bots",
                body: error(4002, "Permission denied. Scope is incorrect!")
            ),
            Refusal(
                testDescription: "another method",
                method: "POST",
                status: 405,
                body: error(405, "Method Not Allowed")
            ),
            Refusal(
                testDescription: "a bad body",
                method: "POST",
                path: "/api/public/bot/st-1/faqs/train",
                status: 412,
                body: error(412, "Validation errors/ Invalid arguments")
            ),
            Refusal(
                testDescription: "another path",
                path: "/api/public/bot/st-1/mlexport/",
                status: 404,
                body: error(404, "Not Found")
            ),
        ]
    }

    @Test("throttles as documented, by the clock it was given")
    func throttles() async throws {
        let clock = ManualClock()
        let scenario = Scenario.one { $0.limits = Scenario.Limits(per: .bot, perMinute: 2, retryAfter: true) }
        let fixture = try await Fixture(scenario, clock: .manual(clock))
        try await fixture.simulator.withRunning { baseURL in
            #expect(try await fixture.get(Fixture.export, baseURL).status == 200)
            #expect(try await fixture.get(Fixture.training, baseURL).status == 200)
            let refused = try await fixture.get(Fixture.export, baseURL)
            #expect(refused.status == 429)
            #expect(refused.header("retry-after") == "60")
            #expect(refused.body.contains("You've exceeded the per-minute rate limit."))
            // A refused token costs nothing.
            clock.advance(by: .seconds(60))
            for _ in 0..<3 { #expect(try await fixture.get(Fixture.export, baseURL, token: "x").status == 401) }
            #expect(try await fixture.get(Fixture.export, baseURL).status == 200)
        }
    }

    @Test("budgets by credential where the scenario says so")
    func throttlesByCredential() async throws {
        let scenario = Scenario.one { scenario in
            scenario.limits = Scenario.Limits(per: .credential, perMinute: 1)
            scenario.bots.append(Scenario.Bot(id: "st-2", name: "travel"))
        }
        let fixture = try await Fixture(scenario, clock: .manual(ManualClock()))
        try await fixture.simulator.withRunning { baseURL async throws in
            #expect(try await fixture.get(Fixture.export, baseURL).status == 200)
            #expect(try await fixture.get("/api/public/bot/st-2/mlexport/status", baseURL).status == 429)
        }
    }

    @Test("takes a token with jti once, even for requests at the same time")
    func takesIDsOnce() async throws {
        let fixture = try await Fixture()
        let expiry = SimulatorTime.wallClock().seconds + 600
        let token = try await Token.sign(expiry: expiry, id: "once")
        try await fixture.simulator.withRunning { baseURL in
            let statuses = try await withThrowingTaskGroup(of: Int?.self) { group in
                for _ in 0..<8 { group.addTask { try await fixture.get(Fixture.export, baseURL, token: token).status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.filter { $0 == 200 }.count == 1)
            #expect(statuses.filter { $0 == 401 }.count == 7)
        }
    }

    @Test("serves under a path prefix, and only there")
    func servesUnderAPrefix() async throws {
        let fixture = try await Fixture(.one { $0.pathPrefix = "/kore/eu" })
        try await fixture.simulator.withRunning { baseURL async throws in
            #expect(baseURL.hasSuffix("/kore/eu"))
            #expect(try await fixture.get("/kore/eu" + Fixture.export, baseURL).status == 200)
            #expect(try await fixture.get(Fixture.export, baseURL).status == 404)
            #expect(try await fixture.get("/kore/euro" + Fixture.export, baseURL).status == 404)
        }
    }

    @Test("counts what it is asked")
    func counts() async throws {
        let clock = ManualClock()
        let fixture = try await Fixture(clock: .manual(clock))
        try await fixture.simulator.withRunning { baseURL in
            _ = try await fixture.get(Fixture.export, baseURL)
            clock.advance(by: .seconds(30))
            _ = try await fixture.get(Fixture.export, baseURL)
            _ = try await fixture.get("/api/public/bot/st-9/mlexport/status", baseURL)
            let counts = fixture.simulator.requests()
            #expect(counts.total == 3)
            #expect(counts.byEndpoint == ["ml_export_status": 3])
            #expect(counts.byBot == ["st-1": 2])
            #expect(counts.byStatus == ["200": 2, "401": 1])
            let target = try #require(counts.targets["GET \(Fixture.export)"])
            #expect(target.count == 2)
            #expect(target.maxInFlight == 1)
            #expect(target.longestGapMilliseconds == 30_000)
            #expect(counts.acceptedConnections == 3)
            fixture.simulator.resetRequests()
            #expect(fixture.simulator.requests().total == 0)
        }
        #expect(fixture.simulator.requests().openConnections == 0)
    }

    @Test("is not there when it cannot have its port")
    func failsToBind() async throws {
        let fixture = try await Fixture()
        try await fixture.simulator.withRunning { baseURL in
            let port = try #require(baseURL.split(separator: ":").last.flatMap { Int($0) })
            let second = try Simulator(scenario: .one(), configuration: SimulatorConfiguration(port: port))
            await #expect(throws: (any Error).self) { try await second.withRunning { _ in } }
        }
    }

    @Test("hands on what its body throws")
    func handsOnErrors() async throws {
        struct Expected: Error {}
        let fixture = try await Fixture()
        await #expect(throws: Expected.self) { try await fixture.simulator.withRunning { _ in throw Expected() } }
    }
}
