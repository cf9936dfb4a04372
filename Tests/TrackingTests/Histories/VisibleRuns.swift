import KoreAI

@testable import Tracking

/// Which runs a history shows to someone who has all its replies before him, by what the platform is known to do.
///
/// It looks at each reply that shows an ended run together with the one that did before it, and at what lies between.
struct VisibleRuns {
    private let history: TrainingHistory
    private let sights: [Sight]
    private(set) var runs: [Visible] = []

    init(_ history: TrainingHistory) {
        self.history = history
        sights = history.sights.filter { $0.kind == .plain }
        for end in sights.indices.dropFirst() where sights[end].isFinal {
            addRuns(endingAt: end)
        }
    }

    private mutating func addRuns(endingAt end: Int) {
        let before = sights[..<end].lastIndex { $0.isFinal }
        let between = Array(((before ?? -1) + 1)..<end)
        let running = between.filter { isRunning($0) }
        let changed = before.map { sights[$0].status != sights[end].status } ?? false
        var successes = 0
        var failures = 0
        switch history.engine {
        case .ml where sights[end].status == .finished:
            successes = successesByVersion(end) ?? (changed || !between.isEmpty ? 1 : 0)
        case .ml:
            failures = changed || !between.isEmpty ? 1 : 0
        case .faq:
            let ended = changed || !running.isEmpty || hasMoved(end) ? 1 : 0
            (successes, failures) = sights[end].status == .finished ? (ended, 0) : (0, ended)
        }
        for position in 0..<(successes + failures) {
            var run = Visible(reply: end, outcome: failures > 0 ? .failure : .success)
            // Of several, one that a single poll saw running is the one whose start and end lie around that poll.
            if position == 0, let first = running.first, successes + failures == 1 || first == end - 1 {
                time(&run, from: first, through: end)
            }
            runs.append(run)
        }
    }

    /// Successes that the version shows beyond those that were visible since it was last told.
    private func successesByVersion(_ end: Int) -> Int? {
        guard let told = sights[end].version, let last = sights[..<end].lastIndex(where: { $0.version != nil }),
            let known = sights[last].version
        else { return nil }
        return Int(told - known) - runs.count { $0.reply > last && $0.outcome == .success }
    }

    private func isRunning(_ index: Int) -> Bool {
        history.engine == .faq ? !sights[index].isFinal : sights[index].status == .inProgress
    }

    private func lastModifiedOn(before index: Int) -> Int64? {
        sights[..<index].last { $0.modifiedOn != nil }?.modifiedOn
    }

    /// The reply's `modifiedOn`, where it is later than any before it.
    private func newModifiedOn(_ index: Int) -> Int64? {
        sights[index].modifiedOn.flatMap { told in lastModifiedOn(before: index).map { told > $0 } ?? true ? told : nil
        }
    }

    private func hasMoved(_ index: Int) -> Bool {
        lastModifiedOn(before: index) != nil && newModifiedOn(index) != nil
    }

    private func time(_ run: inout Visible, from first: Int, through end: Int) {
        if sights[first..<end].contains(where: { history.engine == .ml && $0.status == .queued }) { return }
        let least = sights[end - 1].time - sights[first].time
        let most = first > 0 ? sights[end].time - sights[first - 1].time : nil
        let really = history.platform.run(at: sights[first].time)
        let isOne = really?.first == history.platform.run(at: sights[end - 1].time)?.first
        if let start = newModifiedOn(first), let ended = newModifiedOn(end) {
            let exact = ended - start
            if exact >= least - 2000, exact <= (most ?? 86_400_000) + 2000 {
                run.duration = exact
                // Nobody can see that another run came and went between the end of this one and the reply.
                run.truth = isOne && really?.ended == ended ? really?.length : nil
                return
            }
        }
        guard let most else { return }
        run.duration = (least + most) / 2
        run.bound = most - (least + most) / 2
        // To the FAQ reply a run that waits is a running one.
        if isOne { run.truth = really?.length.map { history.engine == .ml ? $0.lowerBound...$0.lowerBound : $0 } }
    }
}
