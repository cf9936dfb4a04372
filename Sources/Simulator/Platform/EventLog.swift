import HeapModule

/// The newest events of the platform, up to a capacity.
struct EventLog: Sendable {
    private(set) var events: [SimulatorEvent] = []
    private var number = 0
    private let capacity: Int

    init(capacity: Int = 100_000) {
        self.capacity = max(capacity, 1)
    }

    mutating func add(_ event: SimulatorEvent) {
        // A tenth at once, because removing one event at the front costs as much.
        if events.count >= capacity { events.removeFirst(max(capacity / 10, 1)) }
        number += 1
        var numbered = event
        numbered.number = number
        events.append(numbered)
    }
}

/// Something that happened on the simulated platform, for tests to compare the exporter's counts with.
package struct SimulatorEvent: Sendable, Hashable, Encodable {
    package enum Kind: String, Sendable, Hashable, CaseIterable, Encodable {
        case trainingQueued = "training_queued"
        case trainingStarted = "training_started"
        case trainingEnded = "training_ended"
        case drifted
        case synced
        /// The `outcome` is `awaiting_approval` where an administrator has to approve first.
        case publishRequested = "publish_requested"
        case publishRejected = "publish_rejected"
        case publishStarted = "publish_started"
        case publishEnded = "publish_ended"
        case unpublished
        /// The bot's trainings, exports and publishes were forgotten.
        case forgotten
        case exportRequested = "export_requested"
        case exportStarted = "export_started"
        case exportEnded = "export_ended"
    }

    /// The event's number, from 1 and without gaps.
    package var number: Int = 0
    package var at: SimulatorTime
    /// The bot's id.
    package var bot: String
    package var kind: Kind
    package var engine: Platform.Engine?
    package var language: String?
    package var state: Platform.State?
    /// The id of the training run, export job or publish. An export may reuse that of an earlier job.
    package var runID: String?
    /// `finished`, `success` or `failed` after an end; `awaiting_approval` where a requested publish needs approval.
    package var outcome: String?
    /// When the run that ended had left the queue.
    package var startedAt: SimulatorTime?
    package var nlpVersion: Int?
    package var trainVersion: Int?
    /// The components that drifted or came back into sync.
    package var components: [SyncComponent]?
    /// The parts that failed, of a publish that ended.
    package var failedParts: [String]?

    /// How long the run that ended took, without its time in the queue.
    package var duration: Duration? {
        startedAt.map { at.since($0) }
    }
}

/// Items by the time they are due, earliest first; items of the same time keep the order in which they were added.
struct Agenda<Item: Sendable>: Sendable {
    private struct Entry: Sendable, Comparable {
        var time: SimulatorTime
        var sequence: UInt64
        var item: Item

        static func == (left: Entry, right: Entry) -> Bool { left.sequence == right.sequence }

        static func < (left: Entry, right: Entry) -> Bool {
            (left.time, left.sequence) < (right.time, right.sequence)
        }
    }

    private var heap = Heap<Entry>()
    private var sequence: UInt64 = 0

    var count: Int { heap.count }

    /// When the first item is due.
    var nextTime: SimulatorTime? { heap.min?.time }

    mutating func add(_ item: Item, at time: SimulatorTime) {
        heap.insert(Entry(time: time, sequence: sequence, item: item))
        sequence &+= 1
    }

    /// Removes the first item that is due by `now`.
    mutating func next(dueBy now: SimulatorTime) -> (time: SimulatorTime, item: Item)? {
        guard let first = heap.min, first.time <= now else { return nil }
        heap.removeMin()
        return (first.time, first.item)
    }
}
