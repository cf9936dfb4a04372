import Foundation
import Settings
import Testing

@testable import Simulator

/// Each way for the platform to misbehave, against an exporter that runs. One after the other, so that none of them makes
/// another one's polls late.
@Suite(.serialized)
struct FaultTests {
    @Test(
        "a fault takes down the polls that it hits, names its reason, leaves the others alone, and passes",
        arguments: [
            (.hang, "timeout"), (.latency(.seconds(60)), "timeout"), (.slowDrip(interval: .seconds(5)), "timeout"),
            (.throttled(retryAfter: nil), "throttled"), (.throttled(retryAfter: 1), "throttled"),
            (.throttledByMessage, "throttled"), (.serverError, "server_error"), (.unavailable, "server_error"),
            (.unauthorized, "auth"), (.invalidToken, "auth"), (.expiredToken, "auth"), (.scopeMissing, "scope"),
            (.html, "malformed"), (.garbage, "malformed"), (.emptyBody, "malformed"),
            (.hugeBody(mebibytes: 2), "too_large"), (.redirect, "other"), (.truncated, "connect"), (.close, "connect"),
            (.reset, "connect"),
        ] as [(Fault, String)]
    )
    func fault(fault: Fault, reason: String) async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario())
        try await simulator.withRunning { baseURL in
            let bots = ["a", "b", "c"].map { name in
                let isLate = name == "b" && reason == "timeout"
                return TestPlatform.bot(name, at: baseURL, timeout: isLate ? .seconds(1) : .seconds(20))
            }
            try await RunningExporter.with(TestPlatform.settings(bots)) { exporter in
                try await exporter.scrape(until: "all polls are good") {
                    isUp("a", $0) && isUp("b", $0) && isUp("c", $0)
                }
                simulator.inject(fault, matching: FaultMatch(bot: "b"))
                let others = { (scrape: Scrape) in isUp("a", scrape) && isUp("c", scrape) }
                let failed = try await exporter.scrape(until: "b's polls fail", always: others) { isDown("b", $0) }
                let failures = failed.values(of: "koreai_api_request_failures_total", with: "reason=\"\(reason)\"")
                #expect(failures.reduce(0, +) >= 3)
                let allFailures = failed.values(of: "koreai_api_request_failures_total")
                #expect(failures.reduce(0, +) == allFailures.reduce(0, +))
                // What is known of the bot stays: it is not yet too old.
                #expect(failed.values(of: "koreai_training_status", with: "bot=\"b\"").count == 10)
                simulator.removeFaults()
                try await exporter.scrape(until: "b recovers", always: others) { isUp("b", $0) }
            }
        }
    }

    @Test(
        "words and types that nobody knows fail no poll, and are counted",
        arguments: [Fault.unknownWords, .mistyped]
    )
    func unknownWords(fault: Fault) async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            try await RunningExporter.with(TestPlatform.settings([TestPlatform.bot("a", at: baseURL)])) { exporter in
                try await exporter.scrape(until: "all polls are good") { isUp("a", $0) }
                simulator.inject(fault)
                let scrape = try await exporter.scrape(until: "unknown statuses are shown", always: { isUp("a", $0) }) {
                    $0.values(of: "koreai_training_status", with: "status=\"unknown\"") == [1, 1]
                        && $0.values(of: "koreai_export_status", with: "status=\"unknown\"") == [1]
                }
                #expect(scrape.values(of: "koreai_unrecognized_values_total").reduce(0, +) > 0)
            }
        }
    }

    @Test("an expired certificate is a reason of its own, for the bots behind it alone, and passes")
    func expiredCertificate() async throws {
        let plain = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        let secured = try Simulator(
            scenario: TestPlatform.scenario(bots: ["b"]),
            configuration: SimulatorConfiguration(tls: .trusted)
        )
        let authority = FileManager.default.temporaryDirectory.appending(path: "ca-\(UUID().uuidString).pem")
        try #require(secured.certificates).authorityPEM.write(to: authority, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: authority) }
        try await plain.withRunning { plainURL in
            try await secured.withRunning { securedURL in
                var settings = TestPlatform.settings([
                    TestPlatform.bot("a", at: plainURL), TestPlatform.bot("b", at: securedURL),
                ])
                settings.http.caFile = authority.path
                try await RunningExporter.with(settings) { exporter in
                    try await exporter.scrape(until: "all polls are good") { isUp("a", $0) && isUp("b", $0) }
                    secured.presentCertificate(.expired)
                    // Connections that stand go on, so each is broken once.
                    secured.inject(.close, times: 8)
                    let failed = try await exporter.scrape(until: "b's polls fail", always: { isUp("a", $0) }) {
                        isDown("b", $0)
                            && $0.values(of: "koreai_api_request_failures_total", with: "reason=\"tls\"").reduce(0, +)
                                >= 3
                    }
                    #expect(failed.values(of: "koreai_poll_up", with: "bot=\"a\"") == [1, 1, 1])
                    secured.presentCertificate(.trusted)
                    secured.removeFaults()
                    try await exporter.scrape(until: "b recovers", always: { isUp("a", $0) }) { isUp("b", $0) }
                }
            }
        }
    }

    @Test("a platform that is not there is a reason of its own")
    func nobodyThere() async throws {
        let settings = TestPlatform.settings([
            TestPlatform.bot("a", at: "http://127.0.0.1:1"), TestPlatform.bot("b", at: "http://platform.invalid"),
        ])
        try await RunningExporter.with(settings) { exporter in
            let scrape = try await exporter.scrape(until: "both fail") { isDown("a", $0) && isDown("b", $0) }
            #expect(
                scrape.values(of: "koreai_api_request_failures_total", with: "reason=\"connect\"").reduce(0, +) >= 3
            )
            #expect(scrape.values(of: "koreai_api_request_failures_total", with: "reason=\"dns\"").reduce(0, +) >= 3)
            #expect(scrape.values(of: "koreai_api_requests_total", with: "code=\"0\"").reduce(0, +) >= 6)
        }
    }

    private func isUp(_ bot: String, _ scrape: Scrape) -> Bool {
        scrape.values(of: "koreai_poll_up", with: "bot=\"\(bot)\"") == [1, 1, 1]
    }

    private func isDown(_ bot: String, _ scrape: Scrape) -> Bool {
        scrape.values(of: "koreai_poll_up", with: "bot=\"\(bot)\"") == [0, 0, 0]
    }
}
