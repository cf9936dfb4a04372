import App
import ArgumentParser
import Foundation
import Glibc
import Model
import NIOCore
import Simulator

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

    @Option(
        help: ArgumentHelp("The poll interval in that configuration.", valueName: "duration"),
        transform: DurationOption.parse
    )
    var pollInterval = DurationOption(.seconds(10))

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
        let configurationPlace = try writeConfig.map { try place($0, "--write-config") }
        let authorityPlace = try tlsCA.map { try place($0, "--tls-ca") }
        var configuration = SimulatorConfiguration.standard
        configuration.port = Int(port)
        configuration.tls = tlsCA == nil ? .none : .trusted
        configuration.isAdminEnabled = true
        configuration.logger = log.libraryLogger(label: "simulator")
        let simulator = try await Failure.reported { [configuration] in
            try Simulator(scenario: chosen, configuration: configuration)
        }
        if let authorityPlace, let authority = simulator.certificates?.authorityPEM {
            try await Failure.reported { try await Self.write(authority, to: authorityPlace) }
        }
        let (interval, caFile) = ("\(pollInterval)", tlsCA)
        let service = ClosureService {
            try await Self.run(simulator) { baseURL in
                if let configurationPlace {
                    let configuration = ScenarioConfiguration(
                        chosen,
                        baseURL: baseURL,
                        pollInterval: interval,
                        caFile: caFile
                    )
                    try await Self.write(configuration.yaml, to: configurationPlace)
                }
                Output.line("Platform: \(baseURL)")
            }
        }
        do {
            try await RunningServices.run([service], logger: log.libraryLogger(label: "services"))
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw Failure.exit("port \(port) is in use: end the process that listens there, or choose another --port")
        } catch {
            throw Failure.exit(error)
        }
    }

    /// Runs the simulator until the task is cancelled or its services shut down, or `introduce` throws.
    private static func run(
        _ simulator: Simulator,
        introduce: @escaping @Sendable (_ baseURL: String) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            let (addresses, continuation) = AsyncStream.makeStream(of: String.self)
            group.addTask {
                defer { continuation.finish() }
                try await simulator.run { continuation.yield($0) }
            }
            if let baseURL = await addresses.first(where: { _ in true }) { try await introduce(baseURL) }
            try await group.waitForAll()
        }
    }

    private func place(_ path: String, _ flag: String) throws -> OutputPlace {
        do throws(OutputError) {
            return try OutputPlace(path)
        } catch {
            throw ValidationError("\(flag): \(error).")
        }
    }

    private static func write(_ text: String, to place: OutputPlace) async throws {
        let file = try OutputFile(for: place)
        try Array(text.utf8).withUnsafeBytes { try file.write($0) }
        try await file.kept()
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
