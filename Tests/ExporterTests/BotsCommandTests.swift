import Foundation
import Model
import Settings
import TestSupport
import Testing

@testable import App
@testable import Simulator
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

    @Test("commands find the bots of a discovery, too")
    func discovered() async throws {
        let simulator = try Simulator(scenario: scenario(bots: 3))
        try await simulator.withRunning { baseURL in
            let file = try configuration(baseURL)
            let text = try String(contentsOfFile: file, encoding: .utf8)
            try (text + "discovery: [{ credential: account, exclude: [bot 2], collectors: [ml_training] }]\n")
                .write(toFile: file, atomically: true, encoding: .utf8)
            let status = try await Command.run(["status", "--format", "json", "--config.file", file])
            #expect(status.exitCode == 0)
            #expect(status.output.split(separator: "\n").count == 2 * 2)
            let train = try await Command.run(["train", "bot 1", "--config.file", file])
            #expect(train.output.wholeMatch(of: /bot 1 ml de: started; id [0-9a-f]{24}\n/) != nil, "\(train.output)")
            let unknown = try await Command.run(["train", "bot 2", "--config.file", file])
            #expect(unknown.exitCode == 1)
        }
    }

    @Test("a list that is not whole is printed as far as it came, with a warning and exit code 1; other commands go on")
    func notWhole() async throws {
        let simulator = try Simulator(scenario: scenario(bots: 120))
        try await simulator.withRunning { baseURL in
            let file = try configuration(baseURL)
            try simulator.unpublish("bot 3")
            try simulator.setBotList(Scenario.BotList(emptyPages: 1))
            let result = try await Command.run(["bots", "--credential", "account", "--config.file", file])
            #expect(result.exitCode == 1)
            #expect(result.errors == "the list is not whole: 51 of 120 bots came, in 3 requests. Ask again.\n")
            let text = try String(contentsOfFile: file, encoding: .utf8)
            let settings = try SettingsParser.parse(text + result.output, fileName: file)
            #expect(settings.bots.count == 51)
            #expect(settings.bots.filter { $0.states == [.configured] }.map(\.name) == ["bot 3"])
            try (text + "discovery: [{ credential: account, include: [bot 3], collectors: [ml_training] }]\n")
                .write(toFile: file, atomically: true, encoding: .utf8)
            try simulator.setBotList(Scenario.BotList(emptyPages: 1))
            let status = try await Command.run(["status", "--format", "json", "--config.file", file])
            #expect(status.exitCode == 0)
            #expect(
                status.errors.contains("the list of bots of the discovery account is not whole: 51 of 120 bots came")
            )
            // Two languages, one of them the default one; the published version is not there.
            #expect(status.output.split(separator: "\n").count == 1)
        }
    }

    @Test("a bot of which nothing is polled, as it is not published, cannot be trained, and the command says why")
    func nothingPolled() async throws {
        let simulator = try Simulator(scenario: scenario(bots: 1))
        try await simulator.withRunning { baseURL in
            let file = try configuration(baseURL)
            let text = try String(contentsOfFile: file, encoding: .utf8)
            try (text + "discovery: [{ credential: account, collectors: [ml_training], states: [published] }]\n")
                .write(toFile: file, atomically: true, encoding: .utf8)
            try simulator.unpublish("bot 0")
            let train = try await Command.run(["train", "bot 0", "--config.file", file])
            #expect(train.exitCode == 1)
            #expect(train.errors.contains("bot 0: only its published version is watched"))
        }
    }

    @Test("commands know discovered bots by the labels of the store, so that they start what the exporter shows")
    func labels() async throws {
        let simulator = try Simulator(scenario: scenario(bots: 2))
        try await simulator.withRunning { baseURL in
            let file = try configuration(baseURL)
            let text = try String(contentsOfFile: file, encoding: .utf8)
            try (text + "discovery: [{ credential: account, collectors: [ml_training], states: [configured] }]\n")
                .write(toFile: file, atomically: true, encoding: .utf8)
            let storage = ["--config.file", file, "--storage.path", folder.path + "/store"]
            try simulator.setListed("bot 0", false)
            try simulator.setListed("bot 1", true, as: "same")
            let first = try await Command.run(["collect"] + storage)
            #expect(first.exitCode == 0, "\(first.errors)")
            try simulator.setListed("bot 0", true, as: "same")
            let second = try await Command.run(["collect"] + storage)
            for page in [first, second] {
                #expect(page.output.contains(#"koreai_bot_info{bot="same",bot_id="st-1""#))
            }
            #expect(second.output.contains(#"koreai_bot_info{bot="same (st-0)",bot_id="st-0""#))
            let train = try await Command.run(["train", "same"] + storage)
            #expect(train.exitCode == 0, "\(train.errors)")
            #expect(simulator.requests().byEndpoint["ml_train"] == 1)
            #expect(simulator.requests().targets.keys.contains { $0.contains("POST") && $0.contains("/st-1/") })
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
