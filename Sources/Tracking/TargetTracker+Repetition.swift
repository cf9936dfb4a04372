extension TargetTracker {
    /// When the last good reply came, where it brought nothing but that moment since `before`: ``repeat(at:)`` makes this
    /// state of that one, so the moment is all that has to be kept.
    ///
    /// A reply after a restart of the machine is never taken for a repetition: uptimes before and after cannot be
    /// ordered, and ``repeat(at:)`` has to tell an older moment from a newer one.
    package func repetition(of before: TargetTracker) -> Moment? {
        guard let lastSeen, lastSeen.wall == lastSuccess, lastSeen.boot == before.lastSeen?.boot else { return nil }
        var repeated = before
        repeated.repeat(at: lastSeen)
        return repeated == self ? lastSeen : nil
    }

    /// Takes in that the last good reply came once more, unchanged. A moment that is not after that of the last reply, or of
    /// another start of the machine, is ignored: the state is newer.
    package mutating func `repeat`(at moment: Moment) {
        guard let lastSeen, moment.boot == lastSeen.boot, moment.uptime > lastSeen.uptime else { return }
        lastSuccess = moment.wall
        switch take() {
        case .training(var training):
            training.runs.lastSeen = moment
            knowledge = .training(training)
        case .export(var export):
            export.jobs.lastSeen = moment
            knowledge = .export(export)
        case .taken:
            break
        }
    }
}
