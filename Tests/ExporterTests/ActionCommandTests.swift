import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import App
@testable import Simulator
@testable import koreai_exporter

/// `train` and `export` as users run them.
@Suite(.serialized)
struct ActionCommandTests {
    private static let runbooks = "https://github.com/koreai-exporter/koreai-exporter/blob/main/docs/runbooks/"

    private let folder = TemporaryFolder()

    /// Bots `a` with two languages and `b c` with one, whose trainings and exports take as long as given.
    private func scenario(train: Scenario.Training, export: Scenario.Export = Scenario.Export()) -> Scenario {
        var scenario = TestPlatform.scenario(bots: ["a", "b c"])
        for index in scenario.bots.indices {
            scenario.bots[index].id = "st-\(index)"
            scenario.bots[index].onTrain = train
            scenario.bots[index].onExport = export
            scenario.bots[index].timeline = []
        }
        scenario.bots[0].languages = ["en", "de"]
        return scenario
    }

    private func configuration(_ scenario: Scenario, _ baseURL: String) throws -> String {
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        let file = folder.path + "/config.yml"
        try ScenarioConfiguration(scenario, baseURL: baseURL, pollInterval: "100ms").yaml
            .replacing("requests_per_minute: 60", with: "requests_per_minute: 6000")
            .replacing("requests_per_hour: 1800", with: "requests_per_hour: 360000")
            .write(toFile: file, atomically: true, encoding: .utf8)
        return file
    }

    private func run(_ arguments: [String], in scenario: Scenario) async throws -> Command.Result {
        try await Simulator(scenario: scenario).withRunning { baseURL in
            try await Command.run(arguments + ["--config.file", configuration(scenario, baseURL)])
        }
    }

    /// Runs a command whose trainings run until each of them was told of.
    private func run(
        _ arguments: [String],
        finishing targets: [Platform.TrainingTarget],
        line: @escaping @Sendable (Platform.TrainingTarget) -> String
    ) async throws -> Command.Result {
        let scenario = scenario(train: Scenario.Training())
        let simulator = try Simulator(scenario: scenario)
        return try await simulator.withRunning { baseURL in
            let command = try Command(arguments + ["--config.file", configuration(scenario, baseURL)])
            return try await command.result { command in
                for target in targets { try await command.waitFor(line(target)) }
                for target in targets { try simulator.finishTraining(target) }
            }
        }
    }

    @Test("several bots and languages are trained side by side: a line for each change, and one for each end")
    func sideBySide() async throws {
        let targets = [
            Platform.TrainingTarget("a", language: "de"), Platform.TrainingTarget("a"), Platform.TrainingTarget("b c"),
        ]
        let result = try await run(["train", "a", "b c", "--wait"], finishing: targets) { target in
            "\(target.bot) ml \(target.language): in progress\n"
        }
        #expect(result.exitCode == 0)
        let lines = result.output.split(separator: "\n").sorted()
        #expect(lines.count == 3)
        for (line, name) in zip(lines, ["a ml de", "a ml en", "b c ml en"]) {
            #expect(line.hasPrefix("\(name): done after "))
        }
        #expect(result.errors.contains("a ml de: in progress\n"))
        #expect(result.errors.split(separator: "\n").count { $0 == "b c ml en: in progress" } == 1)
        #expect(!(result.output + result.errors).contains("\u{1B}"))
    }

    @Test("a training that fails ends with 2, one that takes too long with 3, one that runs already with 7")
    func exitCodes() async throws {
        let failing = scenario(train: Scenario.Training(takes: .fixed(.milliseconds(500)), outcome: .failed))
        let failed = try await run(["train", "a", "--language", "en", "--wait"], in: failing)
        #expect(failed.exitCode == 2)
        #expect(failed.output.wholeMatch(of: /a ml en: failed: the training failed; id [0-9a-f]{24}\n/) != nil)

        #expect(
            failed.errors.hasSuffix("See /bot?name=a of the exporter, and \(Self.runbooks)KoreAITrainingFailed.md\n")
        )

        let hanging = scenario(train: Scenario.Training(outcome: .hang))
        // On a busy machine a second may not be enough to start it.
        var late = try await run(["train", "a", "--language", "en", "--wait", "--timeout", "1s"], in: hanging)
        for timeout in ["5s", "30s"] where !late.output.contains("goes on at the platform") {
            late = try await run(["train", "a", "--language", "en", "--wait", "--timeout", timeout], in: hanging)
        }
        #expect(late.exitCode == 3)
        #expect(
            late.output.wholeMatch(
                of:
                    /a ml en: timed out: the time to wait is over; the training goes on at the platform; id [0-9a-f]{24}\n/
            ) != nil
        )

        var started = hanging
        started.bots[0].timeline = [Scenario.Step(at: .zero, .train(Scenario.Training(outcome: .hang)))]
        let busy = try await run(["train", "a", "--language", "en"], in: started)
        #expect(busy.exitCode == 7)
    }

    @Test("why the platform says that it failed, and its id, stand in the line and in the JSON")
    func reasons() async throws {
        let train = Scenario.Training(
            takes: .fixed(.milliseconds(300)),
            outcome: .failed,
            message: "2 questions\u{1B}[31m have no answer, see https://files.example/x"
        )
        let export = Scenario.Export(
            takes: .fixed(.milliseconds(300)),
            outcome: .failed,
            failedStep: "Writing the file"
        )
        let scenario = scenario(train: train, export: export)
        let faq = try await run(["train", "a", "--engine", "faq", "--language", "en", "--wait"], in: scenario)
        #expect(faq.exitCode == 2)
        let line =
            /a faq en: failed: the training failed: 2 questions \[31m have no answer, see <redacted>; id ds-[0-9a-f]{24}\n/
        #expect(faq.output.wholeMatch(of: line) != nil, "\(faq.output)")

        let json = try await run(["export", "a", "--wait", "--format", "json"], in: scenario)
        #expect(json.exitCode == 2)
        #expect(json.output.contains(#""reason":"Writing the file (ML_UTTERANCE): FAILED""#), "\(json.output)")
        #expect(json.output.firstMatch(of: /"id":"ds-[-0-9a-f]{36}"/) != nil)
    }

    /// Bots that were published, with a credential of the Admin Console.
    private func scenario(publish: Scenario.Publish) -> Scenario {
        var scenario = scenario(train: Scenario.Training(takes: .fixed(.milliseconds(200))))
        scenario.credentials[0].isAdmin = true
        for index in scenario.bots.indices { scenario.bots[index].onPublish = publish }
        return scenario
    }

    private static let publish = ["publish", "a", "--comment", "new \"intents\"", "--wait"]

    @Test("a publish is waited for to its end, and its comment reaches the platform")
    func publish() async throws {
        let quick = Scenario.Publish(queued: .fixed(.milliseconds(300)), takes: .fixed(.milliseconds(300)))
        let done = try await run(Self.publish, in: scenario(publish: quick))
        #expect(done.exitCode == 0, "\(done.output)")
        #expect(done.output.hasPrefix("a publish: done after "))
        let json = try await run(Self.publish + ["--format", "json"], in: scenario(publish: quick))
        #expect(json.output.contains(#""action":"publish""#))
        #expect(json.output.contains(#""comment":"new \"intents\"""#))
        #expect(json.output.contains(#""outcome":"done""#))
    }

    @Test(
        "a publish that fails ends with 2 and names the parts; one that awaits approval ends with 9, waited for or not"
    )
    func publishOutcomes() async throws {
        let failing = Scenario.Publish(takes: .fixed(.milliseconds(300)), outcome: .failed, failsIn: ["CHANNELS"])
        let failed = try await run(Self.publish, in: scenario(publish: failing))
        #expect(failed.exitCode == 2)
        #expect(failed.output.hasPrefix("a publish: failed: the publish failed: "), "\(failed.output)")
        #expect(failed.output.localizedCaseInsensitiveContains("channels"), "\(failed.output)")

        for awaiting in Scenario.Publish.Awaiting.allCases {
            let waiting = Scenario.Publish(needsApproval: true, awaiting: awaiting)
            for command in [Self.publish, Self.publish.dropLast()] {
                let result = try await run(command, in: scenario(publish: waiting))
                #expect(result.exitCode == 9)
                #expect(result.output.hasPrefix("a publish: awaiting approval: "), "\(result.output)")
            }
        }
    }

    @Test("a publish trains the published version unless it is told not to", arguments: [true, false])
    func publishTraining(trains: Bool) async throws {
        let scenario = scenario(publish: Scenario.Publish(takes: .fixed(.milliseconds(100))))
        let simulator = try Simulator(scenario: scenario)
        try await simulator.withRunning { baseURL in
            let words = Self.publish + (trains ? [] : ["--skip-training"])
            let result = try await Command.run(words + ["--config.file", configuration(scenario, baseURL)])
            #expect(result.exitCode == 0, "\(result.output)")
        }
        let trainings = simulator.events().filter { [.trainingQueued, .trainingStarted].contains($0.kind) }
        #expect(trainings.isEmpty != trains)
    }

    @Test("a credential that is not of the Admin Console may not publish, and a publish says what is new")
    func publishRefusals() async throws {
        var other = scenario(publish: Scenario.Publish())
        other.credentials[0].isAdmin = false
        let refused = try await run(Self.publish, in: other)
        #expect(refused.exitCode == 5)
        #expect(refused.output.contains("Admin Console: Bot Publish"), "\(refused.output)")
        let empty = try await run(["publish", "a", "--comment", " "], in: other)
        #expect(empty.exitCode == 64)
        let none = try await run(["publish", "a"], in: other)
        #expect(none.exitCode == 64)
    }

    @Test("an app that enforces encryption refuses what is signed, and the line says what helps")
    func encryption() async throws {
        for jwe in [Scenario.Credential.JWE.jwtError, .badRequest] {
            var scenario = scenario(train: Scenario.Training())
            scenario.credentials[0].enforcesJWE = jwe
            let result = try await run(["train", "a", "--language", "en"], in: scenario)
            #expect(result.exitCode == 4)
            #expect(result.output.contains("signing with client_secret is not enough"), "\(result.output)")
            #expect(result.output.contains("token_file"))
        }
    }

    @Test("a refused credential ends with 4, a scope that is missing with 5, a rate limit with 6")
    func refusals() async throws {
        var other = scenario(train: Scenario.Training())
        let file = try configuration(other, "http://127.0.0.1:1")
        other.credentials[0].clientSecret = "another-secret"
        let simulator = try Simulator(scenario: other)
        let refused = try await simulator.withRunning { baseURL in
            let text = try String(contentsOfFile: file, encoding: .utf8).replacing("http://127.0.0.1:1", with: baseURL)
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            return try await Command.run(["train", "a", "--config.file", file, "--language", "en"])
        }
        #expect(refused.exitCode == 4)
        #expect(refused.output.hasPrefix("a ml en: refused auth: "))
        #expect(!refused.output.contains(TestPlatform.clientSecret))

        var narrow = scenario(train: Scenario.Training())
        narrow.credentials[0].scopes = [.trainML]
        #expect(try await run(["export", "a"], in: narrow).exitCode == 5)

        var scarce = scenario(train: Scenario.Training())
        scarce.limits = Scenario.Limits(per: .bot, perMinute: 1, perHour: 1800)
        let throttled = try await run(["train", "a", "--language", "en"], in: scarce)
        #expect(throttled.exitCode == 6)
        #expect(throttled.output.hasPrefix("a ml en: refused budget: "))
    }

    @Test(
        "wrong usage ends with 64 and says what is wrong",
        arguments: [
            (["train"], "Missing expected argument '<bot> ...'"),
            (["train", "a", "--timeout", "30"], "the unit is missing; did you mean `30s`?"),
            (["train", "a", "--engine", "nlp"], "nlp"),
            (["export", "a", "b c", "--output", "x.csv"], "--output must be a folder"),
            (["export", "a", "b c", "--output", "-"], "--output must be a folder"),
            (["export", "a", "--output", "none/a.csv"], "the folder none/ cannot be used: No such file"),
            (["export", "a", "--type", "xml"], "xml"),
        ]
    )
    func usage(arguments: [String], complaint: String) async throws {
        let result = try await run(arguments, in: scenario(train: Scenario.Training()))
        #expect(result.exitCode == 64)
        #expect(result.errors.contains(complaint), "\(result.errors)")
        #expect(result.errors.contains("Usage: koreai-exporter \(arguments[0]) "), "\(result.errors)")
    }

    @Test("a bot or a language that is not there ends with 1, without a request, and those that there are are named")
    func unknown() async throws {
        let scenario = scenario(train: Scenario.Training())
        let simulator = try Simulator(scenario: scenario)
        try await simulator.withRunning { baseURL in
            let file = try configuration(scenario, baseURL)
            for command in ["train", "export", "status"] {
                let result = try await Command.run([command, "b d", "--config.file", file])
                #expect(result.exitCode == 1)
                #expect(result.errors == "\(file) has no bot 'b d'. Did you mean 'b c'? It has a, b c.\n")
            }
            let result = try await Command.run(["train", "a", "--language", "fr", "--config.file", file])
            #expect(result.exitCode == 1)
            #expect(result.errors == "a has no language 'fr'; it has en, de.\n")
            #expect(simulator.requests().total == 0)
        }
    }

    @Test("the command to resume keeps every flag that matters to it")
    func resumption() throws {
        let plain = try ActionOptions.parse([])
        #expect(plain.resumption(["export", "b c"]) == "koreai-exporter export 'b c' --resume")
        let flags = ["--config.file", "x y.yml", "--storage.path", "", "--timeout", "1h", "--format", "json"]
        let words = "--config.file 'x y.yml' --storage.path '' --timeout 1h --format json --resume"
        #expect(
            try ActionOptions.parse(flags + ["--wait"]).resumption(["train", "a"]) == "koreai-exporter train a " + words
        )
    }

    @Test("for machines there is a JSON object for each")
    func json() async throws {
        struct Line: Decodable {
            var action: String, bot: String, engine: String?, language: String?, outcome: String
            var exit_code: Int, duration_seconds: Double?, start: String?, file: String?
        }
        let targets = ["de", "en"].map { Platform.TrainingTarget("a", engine: .faq, language: $0) }
        let arguments = ["train", "a", "--wait", "--format", "json", "--engine", "faq"]
        let result = try await run(arguments, finishing: targets) { "a faq \($0.language): in progress\n" }
        let lines = try result.output.split(separator: "\n").map { line in
            try JSONDecoder().decode(Line.self, from: Data(line.utf8))
        }
        #expect(Set(lines.map(\.language)) == ["en", "de"])
        #expect(lines.allSatisfy { $0.action == "train" && $0.bot == "a" && $0.engine == "faq" && $0.exit_code == 0 })
        #expect(lines.allSatisfy { $0.outcome == "done" && $0.duration_seconds ?? 0 > 0 && $0.start != nil })
    }

    @Test("Ctrl-C stops the waiting, says how to resume, and what it says works", arguments: [SIGINT, SIGTERM])
    func interrupted(signal: Int32) async throws {
        let scenario = scenario(train: Scenario.Training())
        let simulator = try Simulator(scenario: scenario)
        try await simulator.withRunning { baseURL in
            let file = try configuration(scenario, baseURL)
            let command = try Command(["train", "b c", "--wait", "--config.file", file])
            let result = try await command.result { command in
                try await command.waitFor("b c ml en: in progress")
                try await eventually("it handles the signal") { command.handles(signal) }
                command.send(signal)
            }
            #expect(result.exitCode == 130)
            let line = /b c ml en: interrupted: stopped waiting; the training goes on at the platform; id [0-9a-f]+\n/
            #expect(result.output.wholeMatch(of: line) != nil)
            let resumption = "koreai-exporter train 'b c' --engine ml --language en --config.file \(file) --resume"
            #expect(result.errors.hasSuffix("To wait for it again:\n  \(resumption)\n"))

            let resumed = try Command([
                "train", "b c", "--engine", "ml", "--language", "en", "--config.file", file, "--resume",
            ])
            let end = try await resumed.result { command in
                try await command.waitFor("b c ml en: in progress")
                try simulator.finishTraining(Platform.TrainingTarget("b c"))
            }
            #expect(end.exitCode == 0)
            #expect(simulator.events().count { $0.kind == .trainingStarted } == 1)
        }
    }

    @Test(
        "an export goes to standard output, to a device and into a folder that is made; where it cannot go, nothing begins"
    )
    func places() async throws {
        var scenario = scenario(train: Scenario.Training(), export: Scenario.Export(takes: .fixed(.milliseconds(200))))
        scenario.bots[1].name = "a/b"
        scenario.bots[0].name = "a_b"
        let simulator = try Simulator(scenario: scenario)
        try await simulator.withRunning { baseURL in
            let file = try configuration(scenario, baseURL)
            func export(_ words: [String]) async throws -> Command.Result {
                try await Command.run(["export"] + words + ["--config.file", file])
            }
            let refused = try await export(["a_b", "--output", "none/a.csv"])
            #expect(refused.exitCode == 64)
            #expect(simulator.requests().total == 0)

            let printed = try await export(["a_b", "--output", "-"])
            #expect(printed.exitCode == 0)
            #expect(printed.output.hasPrefix("Utterance,Intent\r\n") && printed.output.hasSuffix("\r\n"))
            #expect(printed.errors.contains("a_b export: done after "), "\(printed.errors)")

            let thrown = try await export(["a_b", "--output", "/dev/null"])
            #expect(thrown.exitCode == 0)
            let made = try await export(["a_b", "a/b", "--output", folder.path + "/new/folder/"])
            #expect(made.exitCode == 0, "\(made.output)\(made.errors)")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/new/folder").sorted()
            #expect(names == ["a_b-st-0.csv", "a_b-st-1.csv"])
        }
    }

    @Test("exports of several bots go into a folder; an export of 200 MiB takes little memory")
    func files() async throws {
        let size = 200 << 20
        let scenario = scenario(
            train: Scenario.Training(),
            export: Scenario.Export(fileSize: size)
        )
        let simulator = try Simulator(scenario: scenario)
        try await simulator.withRunning { baseURL in
            let file = try configuration(scenario, baseURL)
            let command = try Command(["export", "a", "--output", folder.path, "--config.file", file])
            let peak = Peak()
            let result = try await command.result { command in
                try await command.waitFor("a export: in progress")
                await peak.see(command.peakMemory ?? 0)
                try simulator.finishExport("a")
                try await eventually("the command has ended", within: .seconds(600)) {
                    guard let memory = command.peakMemory else { return true }
                    await peak.see(memory)
                    return false
                }
            }
            #expect(result.exitCode == 0)
            #expect(result.output.contains("; wrote \(folder.path)/a.csv (200 MiB); id ds-"))
            #expect(!(result.output + result.errors).contains("_simulator"))
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/a.csv")
            #expect(try #require(attributes[.size] as? Int) >= size)
            let memory = await peak.bytes
            #expect(memory > 1 << 20 && memory < 100 << 20, "\(memory >> 20) MiB")
        }
        var small = scenario
        for index in small.bots.indices {
            small.bots[index].onExport = Scenario.Export(takes: .fixed(.milliseconds(200)))
        }
        let both = try await run(["export", "a", "b c", "--type", "json", "--output", folder.path], in: small)
        #expect(both.exitCode == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names == ["a.csv", "a.json", "b c.json", "config.yml"])
    }
}

/// The most memory that was seen.
private actor Peak {
    var bytes = 0

    func see(_ seen: Int) {
        bytes = max(bytes, seen)
    }
}
