import CoreMetrics
import Exposition

/// A library's meter, or a recorder of which only the last value matters. What is not finite is ignored.
final class BridgedGauge: MeterHandler, RecorderHandler {
    private let vector: GaugeVector
    private let values: [String]

    init(vector: GaugeVector, values: [String]) {
        self.vector = vector
        self.values = values
    }

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { if value.isFinite { vector.set(value, values) } }
    func increment(by amount: Double) { if amount.isFinite { vector.add(amount, to: values) } }
    func decrement(by amount: Double) { increment(by: -amount) }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
}
