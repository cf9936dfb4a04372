import Testing

@testable import Web

struct APIRouteTests {
    private struct StoreFails: Error, CustomStringConvertible {
        let description = "the disk is full"
    }

    private static let history = BotHistory(
        runs: [
            RunStatus(
                collector: "ml_training",
                language: "en",
                state: "configured",
                outcome: "success",
                start: 1_700_000_000,
                end: 1_700_000_060.5,
                duration: 60.5,
                bound: 2
            ),
            RunStatus(collector: "ml_export", language: "", state: "", outcome: "failed", end: 0, duration: nil),
        ],
        actions: [
            ActionStatus(
                at: 1_700_000_000,
                action: "train_ml",
                language: "en",
                cause: "alert \"A\"",
                outcome: "failed",
                error: "no"
            ),
            ActionStatus(at: 0, action: "canary_export", language: "", cause: "canary", outcome: "started", error: nil),
        ]
    )

    private static let source = APISource(
        targets: { query in
            let target = TargetStatus(collector: "ml_export", attention: .fine, lastSuccess: .infinity)
            return query.bot == "broken"
                ? TargetPage(
                    targets: [TargetPage.Entry(bot: "broken", botID: "st-1", status: target)],
                    matching: 1,
                    page: 0,
                    pages: 1
                ) : nil
        },
        runs: { bot, limit in
            if bot == "lost" { throw StoreFails() }
            return bot == "a" && limit == 7 ? history : nil
        }
    )

    @Test("runs and actions have what is known of them, and times of RFC 3339")
    func runs() async throws {
        try await RunningWeb.with(routes: [.api(Self.source)]) { web in
            let answer = try await web.get("/api/v1/runs?bot=a&limit=7")
            #expect(
                answer.hasSuffix(
                    #"""
                    {"actions":[{"action":"train_ml","cause":"alert \"A\"","error":"no","language":"en",\#
                    "outcome":"failed","time":"2023-11-14T22:13:20.000Z"},{"action":"canary_export","cause":"canary",\#
                    "outcome":"started","time":"1970-01-01T00:00:00.000Z"}],"bot":"a","runs":[\#
                    {"collector":"ml_training","duration_bound_seconds":2,"duration_seconds":60.5,\#
                    "end":"2023-11-14T22:14:20.500Z","language":"en","outcome":"success",\#
                    "start":"2023-11-14T22:13:20.000Z","state":"configured"},\#
                    {"collector":"ml_export","end":"1970-01-01T00:00:00.000Z","outcome":"failed"}]}
                    """#
                ),
                "\(answer)"
            )
        }
    }

    @Test("a store that fails is 503, and no answer traps")
    func failures() async throws {
        try await RunningWeb.with(routes: [.api(Self.source)]) { web in
            let lost = try await web.get("/api/v1/runs?bot=lost")
            #expect(lost.status == "503 Service Unavailable")
            #expect(lost.hasSuffix(#"{"error":"the store cannot tell: the disk is full"}"#))
            #expect(try await web.get("/api/v1/targets?bot=broken").contains("HTTP/1.1 "))
            #expect(try await web.get("/api/v1/targets").status == "404 Not Found")
        }
    }
}
