import Foundation
import Testing

@testable import App
@testable import koreai_exporter

struct OpenAPITests {
    /// For people: these are not described.
    private static let pages: Set = ["/", "/bot", "/assets/style.css", "/assets/refresh.js", "/assets/icon.svg"]

    @Test("docs/openapi.yaml describes every path that the server has for programs, and no others")
    func paths() async throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/openapi.yaml")
        let lines = try String(contentsOf: file, encoding: .utf8).split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        let section = try #require(lines.split(separator: "paths:").dropFirst().first?.prefix { $0.first == " " })
        let described = section.filter { $0.hasPrefix("  /") && $0.hasSuffix(":") }.map {
            String($0.dropFirst(2).dropLast())
        }
        let settings = TestPlatform.settings([TestPlatform.bot("a", at: "http://127.0.0.1:1")])
        let served = try await RunningExporter.paths(settings)
        #expect(Set(described) == Set(served).subtracting(Self.pages))
        #expect(described.count == Set(described).count)
        #expect(Self.pages.isSubset(of: served), "a page that is not there any more")
    }

    @Test(
        "scrapes cannot have the path of something else",
        arguments: ["/probe", "/probe/", "//sd", "/config", "/bot", "/api/v1/targets", "/api/v1/alerts"]
    )
    func taken(path: String) async throws {
        let settings = TestPlatform.settings([TestPlatform.bot("a", at: "http://127.0.0.1:1")])
        await #expect(throws: TelemetryPathError.self) {
            _ = try await RunningExporter.paths(settings, telemetryPath: path)
        }
        #expect(try await RunningExporter.paths(settings, telemetryPath: "/probes").contains("/probes"))
    }
}
