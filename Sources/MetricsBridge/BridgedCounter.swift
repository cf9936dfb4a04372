import CoreMetrics
import Exposition

/// A library's counter.
final class BridgedCounter: CounterHandler {
    private let vector: CounterVector
    private let values: [String]

    init(vector: CounterVector, values: [String]) {
        self.vector = vector
        self.values = values
    }

    /// A counter does not fall: a negative amount is ignored.
    func increment(by amount: Int64) {
        if let amount = UInt64(exactly: amount) { vector.add(amount, to: values) }
    }

    func reset() {
        vector.reset(values)
    }
}
