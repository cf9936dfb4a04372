import Exposition
import Glibc
import Logging
import ServiceLifecycle
import Web

/// Serves targets as the exporter does, and changes some of them when a line on standard input says how many. Driven by
/// scripts/benchmarks/scrape_benchmark.py.
@main
struct ScrapeBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count == 2, let mode = arguments.first, let count = arguments.last.flatMap({ Int($0) }),
            count > 0
        else {
            print("usage: scrape-benchmark serve|change|adversarial TARGETS")
            exit(2)
        }
        switch mode {
        case "change": await ChangeBenchmark(targets: count).run()
        case "adversarial": try await serve(0)
        default: try await serve(count)
        }
    }

    private static func serve(_ count: Int) async throws {
        let registry = Registry()
        var targets = BenchmarkTargets(count: count)
        targets.showAll(in: registry)
        if count == 0 { AdversarialFamilies.show(in: registry) }
        let pages = MetricsPages(registry)
        var logger = Logger(label: "web")
        logger.logLevel = .error
        let configuration = try WebConfiguration(path: "", logger: logger)
        let server = WebServer(
            address: ListenAddress(host: "127.0.0.1", port: 0),
            routes: [.metrics(pages, configuration: configuration, options: WebOptions(version: "benchmark"))],
            configuration: configuration,
            connections: ConnectionTable(limit: WebLimits.standard.connections),
            metrics: WebMetrics(registry: registry),
            logger: logger,
            onListening: { say("\($0.port)") }
        )
        let services = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [pages, server], logger: logger)
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            // The one thread that waits for input is not of the pool.
            for await line in InputLines.all {
                targets.change(Int(line) ?? 0, in: registry)
                say("done")
            }
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
        }
    }

    private static func say(_ text: String) {
        // At once: what is printed may wait in a buffer.
        let line = Array((text + "\n").utf8)
        _ = write(STDOUT_FILENO, line, line.count)
    }
}
