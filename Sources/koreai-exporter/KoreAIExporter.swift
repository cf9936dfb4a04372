import ArgumentParser

@main
struct KoreAIExporter: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "koreai-exporter",
        abstract: "Prometheus exporter for the training and export status of Kore.ai bots.",
        version: "koreai-exporter \(BuildInfo.version) (revision \(BuildInfo.revision))",
        subcommands: [
            Serve.self, CheckConfig.self, Train.self, Export.self, Status.self, Bots.self, Collect.self, Simulate.self,
            Demo.self,
            Reference.self,
        ],
        defaultSubcommand: Serve.self
    )

    static func main() async {
        MemoryAllocation.configure()
        await main(nil)
    }
}
