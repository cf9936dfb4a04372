package import Tracking

/// A run or job of a target, as the history keeps it.
package struct HistoryEntry: Sendable, Hashable {
    package var target: Target
    package var run: EndedRun

    package init(target: Target, run: EndedRun) {
        self.target = target
        self.run = run
    }
}
