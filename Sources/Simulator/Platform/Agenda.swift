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
