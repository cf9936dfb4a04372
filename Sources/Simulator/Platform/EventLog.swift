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
    /// Of the training run, the export job or the publish. An export's id may be that of an earlier job.
    package var runID: String?
    /// Of what ended: `finished`, `failed` or `success`.
    package var outcome: String?
    /// Of what ended: when it left the queue.
    package var startedAt: SimulatorTime?
    package var nlpVersion: Int?
    package var trainVersion: Int?
    /// What drifted or came back into sync.
    package var components: [SyncComponent]?
    /// Of a publish that ended.
    package var failedParts: [String]?

    /// Of what ended: from its start, the time in the queue not counted.
    package var duration: Duration? {
        startedAt.map { at.since($0) }
    }

    enum CodingKeys: String, CodingKey {
        case number, at, bot, kind, engine, language, state, outcome, components
        case runID = "run_id"
        case failedParts = "failed_parts"
        case startedAt = "started_at"
        case nlpVersion = "nlp_version"
        case trainVersion = "train_version"
    }
}

/// Things that are due, earliest first; those of one moment in the order they were put in. A binary heap.
struct Agenda<Item: Sendable>: Sendable {
    private struct Entry: Sendable {
        var time: SimulatorTime
        var sequence: UInt64
        var item: Item

        func precedes(_ other: Entry) -> Bool {
            time != other.time ? time < other.time : sequence < other.sequence
        }
    }

    private var heap: [Entry] = []
    private var sequence: UInt64 = 0

    var count: Int { heap.count }

    /// When the first thing is due.
    var nextTime: SimulatorTime? { heap.first?.time }

    mutating func add(_ item: Item, at time: SimulatorTime) {
        heap.append(Entry(time: time, sequence: sequence, item: item))
        sequence &+= 1
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].precedes(heap[parent]) else { break }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes out the first thing that is due by `now`.
    mutating func next(dueBy now: SimulatorTime) -> (time: SimulatorTime, item: Item)? {
        guard let first = heap.first, first.time <= now else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].precedes(heap[least]) { least = child }
            }
            guard least != parent else { break }
            heap.swapAt(parent, least)
            parent = least
        }
        return (first.time, first.item)
    }
}
