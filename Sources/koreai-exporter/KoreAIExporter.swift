import App
import ArgumentParser
import Foundation
import Glibc

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
        await main(nil)
    }
}

/// How a command ends that could not do its work: the reason on standard error, and exit code 1.
enum Failure {
    /// Writes the reason as it is, without a word before it: complaints begin with their file and line, where editors
    /// look for them.
    static func exit(_ reason: any Error) -> ExitCode {
        exit(String(describing: reason))
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
