import Tracking

/// Targets that somebody wants to be asked now.
struct ProbeQueue: Sendable {
    /// In the order of the wishes, none twice.
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

    /// Forgets those that nobody waits for any more.
    mutating func keep(where isWanted: (Target) -> Bool) {
        wanted.removeAll { !isWanted($0) }
    }
}
