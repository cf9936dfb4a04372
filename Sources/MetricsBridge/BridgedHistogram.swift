import CoreMetrics
import Exposition

/// A library's recorder of many values, or its timer.
final class BridgedHistogram: RecorderHandler, TimerHandler {
    private let vector: HistogramVector
    private let values: [String]

    init(vector: HistogramVector, values: [String]) {
        self.vector = vector
        self.values = values
    }

    func record(_ value: Int64) { vector.observe(Double(value), values) }
    func record(_ value: Double) { vector.observe(value, values) }
    func recordNanoseconds(_ duration: Int64) { vector.observe(Double(duration) / 1e9, values) }
}
