import Curl
import Foundation
import Settings
import Simulator
import TestSupport
import Testing

@testable import App
@testable import koreai_exporter

/// The program as users run it.
@Suite(.serialized)
struct CommandTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "config-\(UUID().uuidString)")

    private func write(_ text: String) throws -> String {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "config.yml")
        try text.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    private let good = """
        credentials:
          - name: main
            client_id: cs-0000
            client_secret: not-a-secret
        bots:
          - name: banking
            id: st-1111
            languages: [en, de]
        """

    @Test("a good configuration exits with 0 and prints its demand, by either command")
    func goodConfiguration() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = try write(good)
        for arguments in [["check-config", file], ["--config.file", file, "--config.check"]] {
            let result = try await Command.run(arguments)
            #expect(result.exitCode == 0)
            #expect(result.errors == "")
            #expect(result.output.hasPrefix("banking: 9 targets at 60s ask for 9 requests a minute of 270 sustained\n"))
        }
    }

    @Test("a bad configuration exits with 1 and names every mistake with its place, by either command")
    func badConfiguration() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = try write(
            good.replacing("languages", with: "langauges").replacing("id: st-1111", with: "id: 'st 1'")
        )
        for arguments in [
            ["check-config", file], ["--config.file", file, "--config.check"], ["--config.file", file],
        ] {
            let result = try await Command.run(arguments)
            #expect(result.exitCode == 1)
            #expect(result.output == "")
            let lines = result.errors.split(separator: "\n")
            #expect(lines.count == 2)
            #expect(lines.first?.hasPrefix("\(file):7:9: ") == true)
            #expect(lines.last?.hasPrefix("\(file):8:5: unknown key `langauges`") == true)
        }
    }

    @Test(
        "unknown flags are a usage error",
        arguments: [["--nonsense"], ["serve", "--web.listen-address", "nowhere"]]
    )
    func usage(arguments: [String]) async throws {
        let result = try await Command.run(arguments)
        #expect(result.exitCode == 64)
        #expect(result.errors.hasPrefix("Error: "))
    }

    @Test("a command that is not there, and help for it, end with 64 and name the nearest", arguments: [[], ["help"]])
    func unknownCommand(before: [String]) async throws {
        let result = try await Command.run(before + ["trian"])
        #expect(result.exitCode == 64)
        #expect(
            result.errors.hasPrefix("Error: There is no command 'trian'. Did you mean 'train'?\nUsage: koreai-exporter")
        )
        #expect(result.output.isEmpty)
    }

    @Test("check-config reads the standard file, that of --config.file, and standard input")
    func checkedFiles() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = try write(good)
        let named = try await Command.run(["check-config", "--config.file", file])
        #expect(named.exitCode == 0 && named.output.hasPrefix("banking: "))
        let standard = try await Command.run(["check-config"])
        #expect(standard.exitCode == 1)
        #expect(standard.errors.hasPrefix("koreai-exporter.yml:1:1: "))
        let empty = try await Command.run(["check-config", "-"])
        #expect(empty.exitCode == 1)
        #expect(empty.errors.hasPrefix("stdin:1:1: "), "\(empty.errors)")
        let twice = try await Command.run(["check-config", file, "--config.file", file])
        #expect(twice.exitCode == 64)
    }

    @Test("the simulator ends where its configuration cannot be written, and says in words that its port is in use")
    func simulatorFailures() async throws {
        let unwritable = try await Command.run(["simulate", "--write-config", "none/config.yml"])
        #expect(unwritable.exitCode == 64)
        #expect(unwritable.errors.contains("--write-config: the folder none/ cannot be used: No such file"))
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            let port = String(baseURL.split(separator: ":").last ?? "")
            let taken = try await Command.run(["simulate", "--port", port])
            #expect(taken.exitCode == 1)
            #expect(
                taken.errors == "port \(port) is in use: end the process that listens there, or choose another --port\n"
            )
        }
    }

    @Test("SIGHUP does not end an exporter that is about to start")
    func earlyHangup() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = try write(good.replacing("id: st-1111", with: "id: st-1111\n    base_url: http://127.0.0.1:1"))
        let command = try Command(["--config.file", file, "--web.listen-address", "127.0.0.1:0"])
        let result = try await command.result { command in
            try await command.waitFor("made a new store")
            command.send(SIGHUP)
            try await command.waitFor("msg=listening")
            command.send(SIGTERM)
        }
        #expect(result.exitCode == 0)
    }

    @Test("a host without an address is told of in words")
    func unknownHost() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = try write(good)
        let result = try await Command.run([
            "--config.file", file, "--storage.path=", "--web.listen-address", "nowhere.invalid:0",
        ])
        #expect(result.exitCode == 1)
        #expect(!result.errors.contains("SocketAddressError"), "\(result.errors)")
        #expect(result.errors.contains("--web.listen-address"))
    }

    @Test(
        "a signal ends it with 0, and it does not wait for polls that hang",
        arguments: [SIGTERM, SIGINT]
    )
    func signals(signal: Int32) async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            simulator.inject(.hang)
            let yaml = ScenarioConfiguration(simulator.scenario, baseURL: baseURL, pollInterval: "1s").yaml
            let file = try write(yaml.replacing("  poll_interval", with: "  timeout: 5m\n  poll_interval"))
            let command = try Command([
                "--config.file", file, "--web.listen-address", "127.0.0.1:0", "--web.listen-address", "127.0.0.1:0",
            ])
            let clock = ContinuousClock()
            let ends = AsyncStream.makeStream(of: ContinuousClock.Instant.self)
            let result = try await command.result { command in
                _ = try await simulator.requests { $0.inFlight == 2 * 2 + 1 }
                try await eventually("both addresses are listened to") {
                    command.errors.split(separator: "\n").count { $0.contains("msg=listening") } == 2
                }
                command.send(signal)
                ends.continuation.yield(clock.now)
            }
            let sent = await ends.stream.first { _ in true }
            #expect(result.exitCode == 0)
            // The polls that hang would take five minutes.
            #expect(try clock.now - #require(sent) < .seconds(120))
            #expect(result.errors.split(separator: "\n").count { $0.contains("msg=listening address=127.0.0.1:") } == 2)
            #expect(result.errors.hasSuffix("level=info msg=stopped\n"))
            #expect(!result.errors.contains(TestPlatform.clientSecret))
        }
    }

    @Test("an address that is taken is an error that says what to do")
    func addressInUse() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            let file = try write(
                ScenarioConfiguration(simulator.scenario, baseURL: baseURL, pollInterval: "1s").yaml
            )
            let address = baseURL.dropFirst("http://".count)
            let result = try await Command.run(["--config.file", file, "--web.listen-address", String(address)])
            #expect(result.exitCode == 1)
            #expect(
                result.errors.contains(
                    "cannot listen on \(address): Address already in use; another process listens there: stop it or "
                        + "choose another --web.listen-address"
                )
            )
        }
    }

    @Test("the log is one JSON object a line where that is asked for")
    func jsonLog() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = try write(good.replacing("id: st-1111", with: "id: st-1111\n    base_url: http://127.0.0.1:1"))
        let command = try Command([
            "--config.file", file, "--web.listen-address", "127.0.0.1:0", "--log.format", "json", "--log.level", "warn",
        ])
        let result = try await command.result { command in
            try await command.waitFor("polls fail")
            command.send(SIGTERM)
        }
        #expect(result.exitCode == 0)
        #expect(!result.errors.isEmpty)
        for line in result.errors.split(separator: "\n") {
            let fields = try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
            #expect(fields["level"] == "warn")
            #expect(fields["reason"] == "connect")
        }
    }
}
