import KoreAI
import Model

@testable import Tracking

/// Which runs a history shows to someone who has all its replies before him, by what the metrics contract calls proof.
///
/// It looks at each reply that shows an ended run together with the one that did before it, and at what lies between.
struct VisibleRuns {
    private let history: TrainingHistory
    /// All but old ones.
    private let polls: [TrainingPoll]
    private let changes: [Change]
    private(set) var runs: [Visible] = []

    /// A flag that is true and was false, or a version that is higher, than when it was last told.
    private struct Change {
        var isRise: Bool
        /// Which reply tells it, and which one did before.
        var told: Int
        var before: Int
    }

    init(_ history: TrainingHistory) {
        self.history = history
        polls = history.polls.filter { $0.kind != .old }
        changes = Self.changes(polls)
        guard var before = polls.firstIndex(where: { $0.kind == .plain }) else { return }
        for index in polls.indices where index > before && isFinal(index) {
            addRuns(after: isFinal(before) ? before : nil, from: before, endingAt: index)
            before = index
        }
        addEarlierRuns(from: before, to: polls.count)
    }

    private static func changes(_ polls: [TrainingPoll]) -> [Change] {
        var changes: [Change] = []
        var version: (told: Int64, at: Int)?
        var flags: [String: (told: Bool, at: Int)] = [:]
        var absences: [String: Int] = [:]
        for (index, poll) in polls.enumerated() {
            if let told = poll.version {
                if let version, told > version.told {
                    changes.append(Change(isRise: true, told: index, before: version.at))
                }
                version = (told, index)
            }
            for flag in poll.flags {
                if flag.inSync, let before = flags[flag.component], !before.told {
                    changes.append(Change(isRise: false, told: index, before: before.at))
                }
                flags[flag.component] = (flag.inSync, index)
                absences[flag.component] = 0
            }
            guard poll.mlReply.status == .finished else { continue }
            for component in flags.keys where !poll.flags.contains(where: { $0.component == component }) {
                absences[component, default: 0] += 1
                if absences[component] == 3 { flags[component] = nil }
            }
        }
        return changes
    }

    /// What proves a run, of these replies: what changed since it was told, and not by a run that was shown meanwhile or
    /// by what was before the first reply of a known status.
    private func proof(_ range: Range<Int>) -> [Change] {
        changes.filter { change in
            let shown = runs.map(\.reply).filter(isFinal) + [polls.firstIndex { $0.kind == .plain } ?? 0]
            return range.contains(change.told) && !shown.contains { change.before < $0 && $0 < change.told }
        }
    }

    private func isFinal(_ index: Int) -> Bool {
        polls[index].kind == .plain && polls[index].isFinal
    }

    /// Each rise after the first one in a row without an end shows that a run had ended before it.
    ///
    /// - Returns: Where the last of them is.
    @discardableResult
    private mutating func addEarlierRuns(from before: Int, to end: Int) -> Int? {
        let rises = proof(before + 1..<end).filter(\.isRise).map(\.told)
        for rise in rises.dropFirst() { runs.append(Visible(reply: rise, outcome: .success)) }
        return rises.count > 1 ? rises.last : nil
    }

    /// - Parameters:
    ///   - known: The reply before that showed an end; `nil` where the first reply of all shows none.
    ///   - first: That one, or the first reply of all.
    private mutating func addRuns(after known: Int?, from first: Int, endingAt end: Int) {
        let split = addEarlierRuns(from: first, to: end + 1)
        let between = (known.map { $0 + 1 } ?? first)..<end
        let active = between.filter { polls[$0].kind == .plain }
        let before = split == nil ? known.map { polls[$0].status } : .finished
        let hasChanged = before.map { $0 != polls[end].status } ?? false
        let isProven = !proof(first + 1..<end + 1).isEmpty
        guard !active.isEmpty || hasChanged || hasMoved(end) || isProven else { return }
        let failed = polls[end].status == .failed
        let isUncertain = failed && active.isEmpty && !hasChanged && !hasMoved(end)
        var run = Visible(reply: end, outcome: isUncertain ? .unknown : failed ? .failure : .success)
        // Of a run that is another than the one that was seen running nobody knows when it began.
        if let begin = active.first(where: isRunning), begin > split ?? -1 {
            time(&run, from: begin, through: end)
        }
        runs.append(run)
    }

    /// The first reply that shows the run that was last seen running.
    var lastStart: Int? {
        guard let last = polls.indices.last(where: { polls[$0].kind == .plain && isRunning($0) }) else { return nil }
        let ended = runs.map(\.reply).last { $0 <= last && polls[$0].kind == .plain && isRunning($0) } ?? -1
        let final = polls[..<last].lastIndex { $0.kind == .plain && $0.isFinal } ?? -1
        return (max(ended, final + 1, 0)...last).first { polls[$0].kind == .plain && isRunning($0) }
    }

    private func isRunning(_ index: Int) -> Bool {
        history.engine == .faq ? !polls[index].isFinal : polls[index].status == .inProgress
    }

    private func lastModifiedOn(before index: Int) -> Int64? {
        polls[..<index].last { $0.kind == .plain && $0.modifiedOn != nil }?.modifiedOn
    }

    /// The reply's `modifiedOn`, where it is later than any before it.
    private func newModifiedOn(_ index: Int) -> Int64? {
        polls[index].modifiedOn.flatMap { told in lastModifiedOn(before: index).map { told > $0 } ?? true ? told : nil
        }
    }

    private func hasMoved(_ index: Int) -> Bool {
        guard newModifiedOn(index) != nil,
            let last = polls[..<index].lastIndex(where: { $0.kind == .plain && $0.modifiedOn != nil })
        else { return false }
        return !runs.contains { last < $0.reply && $0.reply < index }
    }

    private func plain(before index: Int) -> TrainingPoll? {
        polls[..<index].last { $0.kind == .plain }
    }

    private func time(_ run: inout Visible, from first: Int, through end: Int) {
        let seen = polls[first..<end].filter { $0.kind == .plain }
        if history.engine == .ml, seen.contains(where: { $0.status == .queued }) { return }
        guard let lastSeen = seen.last else { return }
        let least = lastSeen.time - polls[first].time
        let most = plain(before: first).map { polls[end].time - $0.time }
        let really = history.platform.run(at: polls[first].time)
        let isOne = really?.first == history.platform.run(at: lastSeen.time)?.first
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
