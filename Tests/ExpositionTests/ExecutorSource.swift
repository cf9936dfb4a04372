import Exposition
import Synchronization

/// Tells where it was asked for its samples.
final class ExecutorSource: SampleSource {
    private let onQueue = Mutex<Bool?>(nil)

    /// Whether it was on a ``QueueExecutor``; `nil` where it was not asked.
    var wasOnQueue: Bool? { onQueue.withLock { $0 } }

    var families: [MetricFamily] { [] }

    func samples() -> [(family: MetricFamily, samples: [Sample])] {
        onQueue.withLock { $0 = QueueExecutor.isCurrent }
        return []
    }
}
