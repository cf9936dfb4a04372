/// Decides which transfers start, which wait for a free connection, and which have run out of time.
///
/// libcurl has connection limits too, but in 7.88 a transfer that waits for a connection does not time out
/// (`multi_runsingle` checks the time only of transfers that have a connection), and one full host can hold up the
/// transfers to others, because all of them wait in one line. So libcurl gets no more transfers than there are
/// connections, and the rest waits here: in one line for each origin, and the origins take turns.
struct Admission {
    typealias ID = UInt64

    private struct Entry {
        /// Its index in `lines`.
        var line: Int
        var deadline: ContinuousClock.Instant
        var isInFlight = false
    }

    private struct Line {
        var origin: Origin
        /// In the order in which they came. It may still have IDs that left in the meantime.
        var waiting = FIFO<ID>()
        var inFlight = 0
        /// Whether the line is in `rotation`: it is there exactly while a transfer waits and the origin is below its
        /// limit.
        var isInRotation = false
    }

    private let limit: Int
    private let limitPerOrigin: Int
    private var entries: [ID: Entry] = [:]
    /// An array, because a change within a dictionary's value allocates memory, and there are many changes for each
    /// transfer.
    private var lines: [Line] = []
    /// The index in `lines` of each origin to which a transfer waits or is in flight.
    private var places: [Origin: Int] = [:]
    /// The indices in `lines` that are not in use.
    private var freePlaces: [Int] = []
    /// The indices in `lines` of origins that may start a transfer, the next one first.
    private var rotation = FIFO<Int>()
    private(set) var inFlight = 0
    /// A lower bound of all deadlines. The entry that had this deadline may have left.
    private var earliestDeadline: ContinuousClock.Instant?

    /// - Parameters:
    ///   - limit: The most transfers in flight at once, at least 1.
    ///   - limitPerOrigin: The most transfers in flight at once to one origin, at least 1.
    init(limit: Int, limitPerOrigin: Int) {
        self.limit = max(1, limit)
        self.limitPerOrigin = max(1, limitPerOrigin)
    }

    var isEmpty: Bool { entries.isEmpty }

    /// Puts a transfer at the end of its origin's line.
    mutating func arrive(_ id: ID, at origin: Origin, deadline: ContinuousClock.Instant) {
        let line = place(of: origin)
        entries[id] = Entry(line: line, deadline: deadline)
        earliestDeadline = min(earliestDeadline ?? deadline, deadline)
        lines[line].waiting.append(id)
        settle(line)
    }

    /// The next transfer to start, which is in flight from now on; `nil` if none waits or the limits are reached.
    mutating func next() -> ID? {
        while inFlight < limit, let line = rotation.popFirst() {
            lines[line].isInRotation = false
            let admitted = admit(from: line)
            settle(line)
            if let admitted { return admitted }
        }
        return nil
    }

    /// Removes a transfer that ended, whether it was in flight or still waiting.
    mutating func leave(_ id: ID) {
        guard let entry = entries.removeValue(forKey: id), entry.isInFlight else { return }
        inFlight -= 1
        lines[entry.line].inFlight -= 1
        settle(entry.line)
    }

    /// The transfers whose deadline has passed. They stay until ``leave(_:)``.
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

    /// When ``expired(at:)`` must be asked again, at the latest; `nil` if there are no transfers.
    var nextDeadline: ContinuousClock.Instant? { entries.isEmpty ? nil : earliestDeadline }

    /// How many transfers to an origin are in flight.
    func inFlight(to origin: Origin) -> Int { places[origin].map { lines[$0].inFlight } ?? 0 }

    /// Puts in flight the first transfer of a line that has not left in the meantime.
    private mutating func admit(from line: Int) -> ID? {
        while let id = lines[line].waiting.popFirst() {
            guard var entry = entries[id] else { continue }
            entry.isInFlight = true
            entries[id] = entry
            inFlight += 1
            lines[line].inFlight += 1
            return id
        }
        return nil
    }

    /// The index in `lines` of an origin's line, which is made if there is none.
    private mutating func place(of origin: Origin) -> Int {
        if let place = places[origin] { return place }
        let place = freePlaces.popLast() ?? lines.count
        if place == lines.count { lines.append(Line(origin: origin)) } else { lines[place] = Line(origin: origin) }
        places[origin] = place
        return place
    }

    /// Puts a line into the rotation, or frees its index, after a change.
    private mutating func settle(_ line: Int) {
        if lines[line].waiting.isEmpty {
            guard lines[line].inFlight == 0 else { return }
            places[lines[line].origin] = nil
            freePlaces.append(line)
        } else if !lines[line].isInRotation, lines[line].inFlight < limitPerOrigin {
            lines[line].isInRotation = true
            rotation.append(line)
        }
    }
}

/// A queue in one array. The front moves on, and the room before it is given back once it is half of the array.
struct FIFO<Element> {
    private var elements: [Element?] = []
    private var front = 0

    var isEmpty: Bool { front == elements.count }

    mutating func append(_ element: Element) {
        elements.append(element)
    }

    mutating func popFirst() -> Element? {
        guard front < elements.count else { return nil }
        let element = elements[front]
        elements[front] = nil
        front += 1
        if front == elements.count {
            elements.removeAll(keepingCapacity: true)
            front = 0
        } else if front >= 32, front * 2 >= elements.count {
            elements.removeFirst(front)
            front = 0
        }
        return element
    }
}
