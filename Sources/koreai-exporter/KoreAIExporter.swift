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
        // SIGHUP reloads an exporter and ends every other command. It is ignored until an exporter listens for it,
        // because it would end the process before.
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

    /// - Parameter handler: The handler of SIGHUP for commands that do not reload.
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

    /// Ends the process as wrong usage does, with the usage of the command.
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

/// Ends a command that could not do its work: the reason on standard error, and exit code 1.
enum Failure {
    /// Writes the reason with no word before it: complaints begin with file and line, which editors look for there.
    static func exit(_ reason: any Error) -> ExitCode {
        if reason is ExitCode { return reason as? ExitCode ?? .failure }
        return exit(words(of: reason))
    }

    /// What a library's error means for people; other errors describe themselves.
    private static func words(of reason: any Error) -> String {
        switch reason {
        case let error as SocketAddressError.UnknownHost:
            "cannot listen on \(error.host): no such host is known. Check --web.listen-address"
        case is SocketAddressError: "cannot listen: what --web.listen-address names is no address of this machine"
        case let error as IOError: String(cString: strerror(error.errnoCode))
        default: String(describing: reason)
        }
    }

    /// The result of `body`.
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

/// Writes a command's results to standard output; the log goes to standard error.
enum Output {
    /// Writes a line and flushes it, as standard output buffers when it is a pipe.
    static func line(_ text: String) {
        print(text)
        fflush(nil)
    }
}

/// Prints docs/metrics.md, for developers; `--help` does not show it.
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
