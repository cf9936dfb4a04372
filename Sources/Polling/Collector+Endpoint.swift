import KoreAI
import Tracking

extension Collector {
    /// The status call that the collector makes.
    var endpoint: Endpoint {
        switch self {
        case .mlTraining: .mlTrainStatus
        case .faqTraining: .faqTrainStatus
        case .mlExport: .mlExportStatus
        }
    }
}
