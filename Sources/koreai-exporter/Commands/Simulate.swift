import App
import ArgumentParser
import Foundation
import Simulator
import Web

/// Runs the simulated platform on its own.
struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a simulated Kore.ai platform on loopback.",
        discussion: """
            Plays the six bots of the demo, those of --scenario, or --bots quiet ones. What happened, and faults to \
            inject, are under /_simulator/ of its address: docs/simulator.md describes them.
            """
    )

    @Option(help: ArgumentHelp("What happens: a YAML file.", valueName: "file"))
    var scenario: String?

    @Option(help: "Play so many quiet bots with one language each.")
    var bots: Int?

    @Option(help: ArgumentHelp("The port on 127.0.0.1; 0 for any free one.", valueName: "port"))
    var port: UInt16 = 0

    @Option(help: ArgumentHelp("Write a configuration of the exporter for these bots to a file.", valueName: "file"))
    var writeConfig: String?

    @Option(help: ArgumentHelp("The poll interval in that configuration.", valueName: "duration"))
    var pollInterval = "10s"

    @Option(
        help: ArgumentHelp(
            "Speak TLS, and write the certificate of the authority to trust to a file.",
            valueName: "file"
        )
    )
    var tlsCA: String?

    @OptionGroup(title: "Log") var log: LogOptions

    mutating func validate() throws {
        guard scenario == nil || bots == nil else {
            throw ValidationError("--scenario and --bots exclude each other: a scenario names its bots.")
        }
        if let bots, !(1...100_000).contains(bots) {
            throw ValidationError("--bots must be between 1 and 100000, but is \(bots).")
        }
    }

    func run() async throws {
        let chosen = try chosenScenario()
        let simulator: Simulator
        do {
            var configuration = SimulatorConfiguration.standard
            configuration.port = Int(port)
            configuration.tls = tlsCA == nil ? .none : .trusted
            configuration.isAdminEnabled = true
            configuration.logger = log.libraryLogger(label: "simulator")
            simulator = try Simulator(scenario: chosen, configuration: configuration)
        } catch {
            throw Failure.exit(error)
        }
        if let tlsCA, let authority = simulator.certificates?.authorityPEM {
            try Self.write(authority, to: tlsCA)
        }
        let (writeConfig, pollInterval, tlsCA) = (writeConfig, pollInterval, tlsCA)
        let service = ClosureService {
            try await simulator.run { baseURL in
                if let writeConfig {
                    let configuration = ScenarioConfiguration(
                        chosen,
                        baseURL: baseURL,
                        pollInterval: pollInterval,
                        caFile: tlsCA
                    )
                    try? Self.write(configuration.yaml, to: writeConfig)
                }
                Output.line("Platform: \(baseURL)")
            }
        }
        try await RunningServices.run([service], logger: log.libraryLogger(label: "services"))
    }

    private static func write(_ text: String, to file: String) throws {
        do {
            try text.write(toFile: file, atomically: true, encoding: .utf8)
        } catch {
            throw Failure.exit("\(file): cannot be written: \(error.localizedDescription)")
        }
    }

    private func chosenScenario() throws -> Scenario {
        if let bots {
            return .many(bots: bots)
        }
        guard let scenario else { return .demo }
        do {
            return try Scenario(yaml: String(contentsOfFile: scenario, encoding: .utf8), file: scenario)
        } catch let error as ScenarioError {
            throw Failure.exit(error)
        } catch {
            throw Failure.exit("\(scenario): the scenario cannot be read: \(error.localizedDescription)")
        }
    }
}
