import FoundationEssentials
import Testing

@testable import Web

struct HeadTests {
    /// Without what changes from one request to the next.
    private static func head(_ answer: String) -> [String] {
        let head = answer.components(separatedBy: "\r\n\r\n").first ?? ""
        return head.lowercased().components(separatedBy: "\r\n").filter { !$0.hasPrefix("date:") }.sorted()
    }

    private static let paths = [
        "/", "/?show=failed", "/bot", "/bot?name=a", "/assets/style.css", "/assets/refresh.js", "/assets/icon.svg",
        "/-/healthy", "/-/ready", "/-/reload", "/metrics?name[]=nothing", "/config", "/sd", "/probe",
        "/probe?bot=a", "/api/v1/targets", "/api/v1/runs?bot=a", "/api/v1/runs", "/api/v1/alerts", "/nowhere",
    ]

    @Test("HEAD has the status and the headers of GET and no body, on every path and for every refusal")
    func head() async throws {
        let routes: [WebRoutes] = [
            .configuration { "bots: []\n" }, .probe { _, _ in .unknownBot },
            .api(APISource(targets: { _ in nil }, runs: { _, _ in nil })),
        ]
        try await RunningWeb.with(routes: routes) { web in
            for path in Self.paths {
                let get = try await web.get(path)
                let head = try await web.ask(
                    "HEAD \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                )
                #expect(Self.head(head) == Self.head(get), "\(path)")
                #expect(head.hasSuffix("\r\n\r\n"), "\(path)")
                let body = get.components(separatedBy: "\r\n\r\n").dropFirst().joined(separator: "\r\n\r\n")
                #expect(Self.head(head).contains("content-length: \(body.utf8.count)"), "\(path)")
            }
        }
    }

    @Test("HEAD that needs a password is refused without a body")
    func refused() async throws {
        try await RunningWeb.with("basic_auth_users:\n  alice: \(ProtectionTests.hash)\n") { web in
            for path in ["/", "/metrics", "/-/healthy", "/nowhere"] {
                let answer = try await web.ask("HEAD \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                #expect(answer.status == "401 Unauthorized")
                #expect(answer.hasSuffix("\r\n\r\n"))
            }
        }
    }
}
