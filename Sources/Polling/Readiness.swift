/// Whether the exporter has something to show: every target was polled once, or it had long enough for that.
///
/// A value: it takes the time as an argument.
package struct Readiness: Sendable {
    /// So long a start-up may make Prometheus wait for targets that hang.
    package static let patience = Duration.seconds(30)

    private let start: ContinuousClock.Instant
    private var waiting: Set<Int>

    package init(targets: Int, start: ContinuousClock.Instant) {
        self.start = start
        self.waiting = Set(0..<targets)
    }

    /// After a reload: who was ready stays ready, whatever is new.
    ///
    /// - Parameter origins: The number that each target had before; `nil` for a new one.
    package func continued(by origins: [Int?]) -> Readiness {
        var continued = self
        let old = origins.enumerated().filter { $0.element.map(waiting.contains) ?? !waiting.isEmpty }
        continued.waiting = Set(old.map(\.offset))
        return continued
    }

    /// The target's poll has ended, well or badly.
    package mutating func polled(_ target: Int) {
        waiting.remove(target)
    }

    /// Targets whose first poll has not ended.
    package var waitingTargets: Int {
        waiting.count
    }

    package func isReady(now: ContinuousClock.Instant) -> Bool {
        waiting.isEmpty || now - start >= Self.patience
    }
}
