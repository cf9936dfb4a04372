import Model
import Testing

@testable import Web

struct APIRouteTests {
    private struct StoreFails: Error, CustomStringConvertible {
        let description = "the disk is full"
    }

    private static let history = BotHistory(
        runs: [
            HistoryEntry(
                target: .training(bot: "a", engine: .ml, language: "en", state: .configured),
                run: EndedRun(
                    outcome: .success,
                    start: Timestamp(milliseconds: 1_700_000_000_000),
                    end: Timestamp(milliseconds: 1_700_000_060_500),
                    duration: 60_500,
                    bound: 2000
                )
            ),
            HistoryEntry(
                target: .export(bot: "a"),
                run: EndedRun(
                    outcome: .failed,
                    start: nil,
                    end: Timestamp(milliseconds: 0),
                    duration: nil,
                    bound: 0,
                    id: "ds-1",
                    reason: "no disk"
                )
            ),
        ],
        actions: [
            ActionEntry(
                at: Timestamp(milliseconds: 1_700_000_000_000),
                bot: "a",
                action: "train_ml",
                language: "en",
                cause: "alert \"A\"",
                outcome: "failed",
                error: "no"
            ),
            ActionEntry(
                at: Timestamp(milliseconds: 0),
                bot: "a",
                action: "canary_export",
                language: "",
                cause: "canary",
                outcome: "started",
                runID: "ds-1"
            ),
        ]
    )

    private static let source = APISource(
        targets: { query in
            guard query.bot == "broken" else { return nil }
            var report = TargetReport(.export(bot: "broken"), attention: .fine)
            report.lastSuccess = Timestamp(milliseconds: .max)
            report.meanDuration = .infinity
            return TargetListing(
                targets: [TargetListing.Entry(botID: "st-1", report: report)],
                matching: 1,
                page: 0,
                pages: 1
            )
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
                    "outcome":"started","run_id":"ds-1","time":"1970-01-01T00:00:00.000Z"}],"bot":"a","runs":[\#
                    {"collector":"ml_training","duration_bound_seconds":2,"duration_seconds":60.5,\#
                    "end":"2023-11-14T22:14:20.500Z","language":"en","outcome":"success",\#
                    "start":"2023-11-14T22:13:20.000Z","state":"configured"},\#
                    {"collector":"ml_export","end":"1970-01-01T00:00:00.000Z","id":"ds-1","outcome":"failed",\#
                    "reason":"no disk"}]}
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
