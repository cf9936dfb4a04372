import App
import ArgumentParser
import Foundation
import Glibc
import NIOCore

@main
struct KoreAIExporter: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "koreai-exporter",
        abstract: "Prometheus exporter for the training and export status of Kore.ai bots.",
        version: "koreai-exporter \(BuildInfo.version) (revision \(BuildInfo.revision))",
        subcommands: [
            Serve.self, CheckConfig.self, Train.self, Export.self, Publish.self, Status.self, Bots.self, Collect.self,
            Simulate.self, Demo.self, Reference.self,
        ],
        defaultSubcommand: Serve.self
    )

    static func main() async {
        MemoryAllocation.configure()
        DescriptorShares.raiseLimit()
        // SIGHUP asks an exporter for a reload, and ends every other command. It must not end an exporter that has not come
        // so far that it listens for it.
        let handler = signal(SIGHUP, SIG_IGN)
        let words = CommandWords(words: Array(CommandLine.arguments.dropFirst()))
        let commands = configuration.subcommands.filter { $0.configuration.shouldDisplay }.map { name($0) }
        if let complaint = words.complaint(commands: commands) { refuse(complaint, self) }
        do {
            try await run(try await asyncParseAsRoot(words.parsable), onHangup: handler)
        } catch {
            exit(withError: error)
        }
    }

    /// - Parameter handler: What SIGHUP does to commands that do not reload.
    private static func run(_ command: sending any ParsableCommand, onHangup handler: __sighandler_t?) async throws {
        let type = type(of: command)
        if !(command is Serve) { signal(SIGHUP, handler) }
        do {
            guard var asyncCommand = command as? any AsyncParsableCommand else {
                var command = command
                return try command.run()
            }
            try await asyncCommand.run()
        } catch let error as ValidationError {
            refuse(error.message, type)
        }
    }

    private static func name(_ command: any ParsableCommand.Type) -> String {
        command.configuration.commandName ?? String(describing: command).lowercased()
    }

    /// Ends as wrong usage of a command does, with the usage of that command.
    private static func refuse(_ complaint: String, _ command: any ParsableCommand.Type) -> Never {
        let name = command == self ? "koreai-exporter" : "koreai-exporter \(name(command))"
        let lines = [
            "Error: \(complaint)", "Usage: \(usageString(for: command))",
            "  See '\(name) --help' for more information.",
        ]
        FileHandle.standardError.write(Data((lines.joined(separator: "\n") + "\n").utf8))
        exit(withError: ExitCode.validationFailure)
    }
}

/// How a command ends that could not do its work: the reason on standard error, and exit code 1.
enum Failure {
    /// Writes the reason as it is, without a word before it: complaints begin with their file and line, where editors
    /// look for them.
    static func exit(_ reason: any Error) -> ExitCode {
        if reason is ExitCode { return reason as? ExitCode ?? .failure }
        return exit(words(of: reason))
    }

    /// What a library's error means for people; other errors tell it themselves.
    private static func words(of reason: any Error) -> String {
        switch reason {
        case let error as SocketAddressError.UnknownHost:
            "cannot listen on \(error.host): no such host is known. Check --web.listen-address"
        case is SocketAddressError: "cannot listen: what --web.listen-address names is no address of this machine"
        case let error as IOError: String(cString: strerror(error.errnoCode))
        default: String(describing: reason)
        }
    }

    /// What `body` gives.
    ///
    /// - Throws: `ExitCode`, once the reason is on standard error.
    static func reported<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch {
            throw exit(error)
        }
    }

    static func exit(_ reason: String) -> ExitCode {
        FileHandle.standardError.write(Data((reason + "\n").utf8))
        return .failure
    }
}

/// Standard output, for what a command was asked for; the log goes to standard error.
enum Output {
    /// Writes a line at once, also into a pipe.
    static func line(_ text: String) {
        print(text)
        fflush(nil)
    }
}

/// Prints docs/metrics.md. For developers, so it is not shown.
struct Reference: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the reference of all metrics as Markdown.",
        shouldDisplay: false
    )

    @Argument(help: "The repository's folder, with alerts/ and dashboards/.")
    var repository = "."

    func run() throws {
        do {
            let uses = try MetricUses(repository: URL(filePath: repository))
            print(MetricsReference.markdown(uses), terminator: "")
        } catch {
            throw Failure.exit(
                "\(repository): its alerts/ and dashboards/ cannot be read: \(error.localizedDescription)"
            )
        }
    }
}
