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
