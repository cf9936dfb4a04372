/// Who may start, who waits for a free connection, and whose time is over.
///
/// libcurl has connection limits too, but in 7.88 a transfer that waits for a connection does not time out
/// (`multi_runsingle` looks at the time of transfers that have a connection only), and one full host can hold up the
/// transfers to others, as they all wait in one line. So libcurl gets no more transfers than there are connections, and
/// the rest waits here: in one line for each origin, and the origins take turns.
struct Admission {
    typealias ID = UInt64

    private struct Entry {
        var origin: Origin
        var deadline: ContinuousClock.Instant
        var isInFlight = false
    }

    private struct Line {
        /// May still have IDs that left in the meantime.
        var waiting = FIFO<ID>()
        var inFlight = 0
        /// Whether the line stands in `turns`: it does exactly while someone waits and the origin has a free place.
        var hasTurn = false
    }

    private let limit: Int
    private let limitPerOrigin: Int
    private var entries: [ID: Entry] = [:]
    private var lines: [Origin: Line] = [:]
    private var turns = FIFO<Origin>()
    private(set) var inFlight = 0
    /// No entry has an earlier deadline; there may be none as early.
    private var earliestDeadline: ContinuousClock.Instant?

    /// - Parameters:
    ///   - limit: transfers in flight at once, at least 1.
    ///   - limitPerOrigin: of these to one origin, at least 1.
    init(limit: Int, limitPerOrigin: Int) {
        self.limit = max(1, limit)
        self.limitPerOrigin = max(1, limitPerOrigin)
    }

    var isEmpty: Bool { entries.isEmpty }

    /// Puts a transfer at the end of its origin's line.
    mutating func arrive(_ id: ID, at origin: Origin, deadline: ContinuousClock.Instant) {
        entries[id] = Entry(origin: origin, deadline: deadline)
        earliestDeadline = min(earliestDeadline ?? deadline, deadline)
        lines[origin, default: Line()].waiting.append(id)
        giveTurn(to: origin)
    }

    /// The next transfer to start, which is in flight from now on; `nil` while there is none, or no place.
    mutating func next() -> ID? {
        while inFlight < limit, let origin = turns.popFirst() {
            guard var line = lines.removeValue(forKey: origin) else { continue }
            line.hasTurn = false
            var admitted: ID?
            while admitted == nil, let id = line.waiting.popFirst() {
                if entries[id] != nil { admitted = id }
            }
            if let admitted {
                entries[admitted]?.isInFlight = true
                inFlight += 1
                line.inFlight += 1
            }
            if line.inFlight > 0 || !line.waiting.isEmpty { lines[origin] = line }
            giveTurn(to: origin)
            if let admitted { return admitted }
        }
        return nil
    }

    /// Takes out a transfer that ended, whether it was in flight or still waiting.
    mutating func leave(_ id: ID) {
        guard let entry = entries.removeValue(forKey: id), entry.isInFlight else { return }
        inFlight -= 1
        lines[entry.origin]?.inFlight -= 1
        giveTurn(to: entry.origin)
        if let line = lines[entry.origin], line.inFlight == 0, line.waiting.isEmpty {
            lines[entry.origin] = nil
        }
    }

    /// The transfers whose deadline has come. They stay until they leave.
    mutating func expired(at now: ContinuousClock.Instant) -> [ID] {
        guard let earliestDeadline, earliestDeadline <= now else { return [] }
        var expired: [ID] = []
        var next: ContinuousClock.Instant?
        for (id, entry) in entries {
            if entry.deadline <= now { expired.append(id) } else { next = min(next ?? entry.deadline, entry.deadline) }
        }
        self.earliestDeadline = next
        return expired
    }

    /// When ``expired(at:)`` is to be asked again, at the latest.
    var nextDeadline: ContinuousClock.Instant? { entries.isEmpty ? nil : earliestDeadline }

    /// How many transfers to an origin are in flight.
    func inFlight(to origin: Origin) -> Int { lines[origin]?.inFlight ?? 0 }

    private mutating func giveTurn(to origin: Origin) {
        guard let line = lines[origin], !line.hasTurn, !line.waiting.isEmpty, line.inFlight < limitPerOrigin else {
            return
        }
        lines[origin]?.hasTurn = true
        turns.append(origin)
    }
}
