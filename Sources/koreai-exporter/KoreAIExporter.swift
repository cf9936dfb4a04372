import ArgumentParser

@main
struct KoreAIExporter: AsyncParsableCommand {
    func run() async throws {}
}
