import HeapModule

/// The newest events.
struct EventLog: Sendable {
    private(set) var events: [SimulatorEvent] = []
    private var number = 0
    private let capacity: Int

    init(capacity: Int = 100_000) {
        self.capacity = max(capacity, 1)
    }

    mutating func add(_ event: SimulatorEvent) {
        // Many at once, for taking out one costs as much.
        if events.count >= capacity { events.removeFirst(max(capacity / 10, 1)) }
        number += 1
        var numbered = event
        numbered.number = number
        events.append(numbered)
    }
}

/// Something that really happened on the simulated platform. Tests take it for the truth.
package struct SimulatorEvent: Sendable, Hashable, Encodable {
    package enum Kind: String, Sendable, Hashable, CaseIterable, Encodable {
        case trainingQueued = "training_queued"
        case trainingStarted = "training_started"
        case trainingEnded = "training_ended"
        case drifted
        case synced
        /// Its `outcome` is `awaiting_approval` where an administrator has to approve first.
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

    /// Counts from 1, without gaps.
    package var number: Int = 0
    package var at: SimulatorTime
    /// The bot's id.
    package var bot: String
    package var kind: Kind
    package var engine: Platform.Engine?
    package var language: String?
    package var state: Platform.State?
    /// The id of the training run, the export job or the publish. An export's may be that of an earlier job.
    package var runID: String?
    /// How it ended: `finished`, `failed` or `success`.
    package var outcome: String?
    /// When what ended had left the queue.
    package var startedAt: SimulatorTime?
    package var nlpVersion: Int?
    package var trainVersion: Int?
    /// What drifted or came back into sync.
    package var components: [SyncComponent]?
    /// The parts that failed of a publish that ended.
    package var failedParts: [String]?

    /// How long what ended took, the time in the queue not counted.
    package var duration: Duration? {
        startedAt.map { at.since($0) }
    }
}

/// Things that are due, earliest first; those of one moment in the order they were put in.
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

    /// When the first thing is due.
    var nextTime: SimulatorTime? { heap.min?.time }

    mutating func add(_ item: Item, at time: SimulatorTime) {
        heap.insert(Entry(time: time, sequence: sequence, item: item))
        sequence &+= 1
    }

    /// Takes out the first thing that is due by `now`.
    mutating func next(dueBy now: SimulatorTime) -> (time: SimulatorTime, item: Item)? {
        guard let first = heap.min, first.time <= now else { return nil }
        heap.removeMin()
        return (first.time, first.item)
    }
}
