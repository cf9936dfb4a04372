import Model
import Synchronization
import Tracking

/// Targets that probes want to be polled now.
struct ProbeQueue: Sendable {
    /// The targets that probes wait for, in the order in which they were asked for, none twice.
    private(set) var wanted: [Target] = []
    private(set) var inFlight: Set<Target> = []

    mutating func want(_ target: Target) {
        if !wanted.contains(target) { wanted.append(target) }
    }

    mutating func takeFirst() -> Target? {
        wanted.isEmpty ? nil : wanted.removeFirst()
    }

    mutating func began(_ target: Target) {
        inFlight.insert(target)
    }

    mutating func ended(_ target: Target) {
        if !inFlight.isEmpty { inFlight.remove(target) }
    }

    /// Forgets those that no probe waits for.
    mutating func keep(where isWanted: (Target) -> Bool) {
        wanted.removeAll { !isWanted($0) }
    }
}

/// The probes that wait for the outcome of a target's poll.
final class ProbeWaiters: Sendable {
    typealias Told = AsyncStream<(target: Target, outcome: ProbeOutcome)>.Continuation

    /// Some of them, to be told the same.
    struct Group: Sendable {
        fileprivate let waiters: [Told]

        var isEmpty: Bool { waiters.isEmpty }

        func notify(_ outcome: ProbeOutcome, of target: Target) {
            for waiter in waiters { waiter.yield((target, outcome)) }
        }
    }

    private struct State {
        var isClosed = false
        var next = 0
        var waiting: [Target: [(number: Int, told: Told)]] = [:]
    }

    private let state = Mutex(State())

    /// - Returns: A number for ``remove(_:of:)``.
    func add(_ told: Told, for targets: [Target]) -> Int {
        state.withLock { state in
            guard !state.isClosed else {
                told.finish()
                return -1
            }
            state.next += 1
            for target in targets { state.waiting[target, default: []].append((state.next, told)) }
            return state.next
        }
    }

    func remove(_ number: Int, of targets: [Target]) {
        state.withLock { state in
            for target in targets {
                guard var waiting = state.waiting.removeValue(forKey: target) else { continue }
                waiting.removeAll { $0.number == number }
                if !waiting.isEmpty { state.waiting[target] = waiting }
            }
        }
    }

    func isAwaited(_ target: Target) -> Bool {
        state.withLock { $0.waiting[target] != nil }
    }

    /// Takes out the probes that wait for the target.
    func take(_ target: Target) -> Group {
        state.withLock { state in
            Group(waiters: state.waiting.isEmpty ? [] : (state.waiting.removeValue(forKey: target) ?? []).map(\.told))
        }
    }

    /// No probe is notified from now on.
    func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [:] }
            return state.waiting.values.flatMap(\.self).map(\.told)
        }
        for told in waiting { told.finish() }
    }
}

/// Work of the poller for probes.
enum ProbeWork: Sendable {
    case poll(PollTicket)
    /// Store and show what came of a target, then notify the probes that wait for it.
    case notify(ProbeWaiters.Group, ProbeOutcome, of: Target)
}
