import Foundation
import Settings
import Simulator
import Testing

@testable import koreai_exporter

/// `bots` as users run it.
@Suite(.serialized)
struct BotsCommandTests {
    private let folder = TemporaryFolder()

    private func scenario(bots: Int) -> Scenario {
        Scenario(
            limits: .off,
            credentials: [
                Scenario.Credential(name: "app", clientID: "cs-app", clientSecret: "app-secret"),
                Scenario.Credential(
                    name: "account",
                    clientID: "cs-account",
                    clientSecret: "account-secret",
                    isAdmin: true
                ),
            ],
            bots: (0..<bots).map { Scenario.Bot(id: "st-\($0)", name: "bot \($0)", languages: ["de", "en"]) }
        )
    }

    /// A configuration without bots.
    private func configuration(_ baseURL: String) throws -> String {
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        let file = folder.path + "/config.yml"
        try """
        defaults:
          base_url: \(baseURL)
        credentials:
          - { name: app, client_id: cs-app, client_secret: app-secret }
          - { name: account, client_id: cs-account, client_secret: account-secret }

        """.write(toFile: file, atomically: true, encoding: .utf8)
        return file
    }

    @Test("what it prints completes the configuration, over all pages, and shows no secret")
    func completes() async throws {
        let simulator = try Simulator(scenario: scenario(bots: 120))
        try await simulator.withRunning { baseURL in
            let file = try configuration(baseURL)
            let result = try await Command.run(["bots", "--credential", "account", "--config.file", file])
            #expect(result.exitCode == 0)
            #expect(!result.output.contains("secret"))
            let text = try String(contentsOfFile: file, encoding: .utf8) + result.output
            let settings = try SettingsParser.parse(text, fileName: file)
            #expect(settings.bots.count == 120)
            #expect(Set(settings.bots.map(\.id)) == Set(simulator.scenario.bots.map(\.id)))
            let bot = try #require(settings.bots.first { $0.id == "st-7" })
            #expect(bot.name == "bot 7")
            #expect(bot.languages == ["de"])
            #expect(bot.credential == "account")
            let lines = try await Command.run([
                "bots", "--credential", "account", "--config.file", file, "--format", "json",
            ])
            #expect(lines.output.split(separator: "\n").count == 120)
        }
    }

    @Test("a credential that may not list, none chosen, and one that is not there are told of")
    func refused() async throws {
        let simulator = try Simulator(scenario: scenario(bots: 1))
        try await simulator.withRunning { baseURL in
            let file = try configuration(baseURL)
            let narrow = try await Command.run(["bots", "--credential", "app", "--config.file", file])
            #expect(narrow.exitCode == 1)
            #expect(narrow.errors.contains("scope"))
            let several = try await Command.run(["bots", "--config.file", file])
            #expect(several.exitCode == 64)
            #expect(several.errors.contains("choose one with --credential: app, account."))
            let unknown = try await Command.run(["bots", "--credential", "x", "--config.file", file])
            #expect(unknown.exitCode == 64)
        }
    }
}
