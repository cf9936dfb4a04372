package import Exposition
package import KoreAI

/// What is known of one target: the last good reply and what can be told from it.
///
/// A value: it takes the time as an argument, asks nobody and does nothing.
package struct TargetTracker: Sendable, Hashable {
    package let target: Target
    /// When the last good reply came; `nil` before the first one.
    package private(set) var lastSuccess: Timestamp?
    private var observation: Observation?

    package init(_ target: Target) {
        self.target = target
    }

    /// Takes in a good reply.
    package mutating func observe(_ observation: Observation, at time: Timestamp) {
        self.observation = observation
        lastSuccess = time
    }

    /// Forgets what the replies said, because it is too old to be shown.
    package mutating func expire() {
        observation = nil
    }

    /// The target's domain series: for every family of its collector, with no samples where nothing is known.
    package func families() -> [FamilySamples] {
        switch target {
        case .training(let bot, let engine, let language, let state):
            var training = TrainingSamples(bot: bot, engine: engine, language: language, state: state.rawValue)
            switch observation {
            case .mlTraining(let reply): training.add(reply)
            case .faqTraining(let reply): training.add(reply)
            case .mlExport, nil: break
            }
            return training.families
        case .export(let bot):
            var export = ExportSamples(bot: bot)
            if case .mlExport(let reply) = observation {
                export.add(reply)
            }
            return export.families
        }
    }
}
