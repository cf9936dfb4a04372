extension Schedule {
    /// What comes of the wish to ask a target now.
    package enum Probe: Sendable, Hashable {
        /// It may be asked; ``finish(_:_:now:)`` has to follow.
        case taken
        /// It is being asked.
        case inFlight
        /// Not even the reserve of its budget has a request left, or the platform asked for a pause.
        case outOfBudget
        /// Its credential is refused, and another target of its budget finds out when that is over.
        case parked
    }

    /// Takes a target that somebody wants to know of now, whenever it is due: it may use the reserve. Its own times stay
    /// as they are, but for one that would follow too soon.
    package mutating func takeProbe(_ target: Int, now: Instant) -> Probe {
        guard targets.indices.contains(target) else { return .parked }
        switch targets[target].phase {
        case .inFlight: return .inFlight
        case .parked: return .parked
        case .waiting: break
        }
        let now = time(now)
        let lane = Int(targets[target].lane)
        guard lanes[lane].budget.take(.command, now: now) else { return .outOfBudget }
        _ = begin(Int32(clamping: target), isDelayed: false, now: now)
        refresh(lane)
        return .taken
    }
}
