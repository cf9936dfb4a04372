import ArgumentParser
import Settings

/// A duration on the command line, as Prometheus writes them.
struct PatienceOption: ExpressibleByArgument {
    let duration: Duration

    init(_ duration: Duration) {
        self.duration = duration
    }

    init?(argument: String) {
        guard let duration = try? PrometheusDuration.parse(argument), duration > .zero else { return nil }
        self.duration = duration
    }

    var defaultValueDescription: String { duration.prometheusText }
}
