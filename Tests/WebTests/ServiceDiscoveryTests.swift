import FoundationEssentials
import Testing

@testable import Web

struct ServiceDiscoveryTests {
    private struct Group: Decodable, Equatable {
        let targets: [String]
        let labels: [String: String]
    }

    @Test("each bot is a target group that leads to its probe at the address that was asked")
    func groups() async throws {
        let targets = [
            ProbeTarget(bot: "a \"b\"", id: "st-1", labels: ["team": "cards"]),
            ProbeTarget(bot: "c", id: "st-2", labels: [:]),
        ]
        try await RunningWeb.with(targets: targets) { web in
            let answer = try await web.ask("GET /sd HTTP/1.1\r\nHost: exporter:10573\r\nConnection: close\r\n\r\n")
            #expect(answer.lowercased().contains("content-type: application/json\r\n"))
            let body = try #require(answer.components(separatedBy: "\r\n\r\n").last)
            let groups = try JSONDecoder().decode([Group].self, from: Data(body.utf8))
            #expect(
                groups == [
                    Group(
                        targets: ["exporter:10573"],
                        labels: [
                            "__metrics_path__": "/probe", "__param_bot": "a \"b\"", "__meta_koreai_bot": "a \"b\"",
                            "__meta_koreai_bot_id": "st-1", "__meta_koreai_label_team": "cards",
                        ]
                    ),
                    Group(
                        targets: ["exporter:10573"],
                        labels: [
                            "__metrics_path__": "/probe", "__param_bot": "c", "__meta_koreai_bot": "c",
                            "__meta_koreai_bot_id": "st-2",
                        ]
                    ),
                ]
            )
        }
    }

    @Test(
        "only a name or an address gets from the header Host into an answer",
        arguments: [
            ("localhost", true), ("exporter:10573", true), ("10.0.0.1:1", true), ("[::1]:10573", true),
            ("[fe80::1]", true), ("a_b.c-d:65535", true), ("", false), ("a:", false), ("a:65536", false),
            ("a:-1", false), ("a b", false), ("a/b", false), ("user@a", false), ("a\"b", false), ("::1", false),
            ("[::1", false), ("[]", false), ("[a_b]", false), (":80", false), ("ä", false),
            (String(repeating: "a", count: 256), false),
        ]
    )
    func host(host: String, isGood: Bool) {
        #expect(HostHeader.checked(host) == (isGood ? host : nil))
    }
}
