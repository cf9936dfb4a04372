/// The platform's calls that this module makes. The raw value is the `endpoint` label of `koreai_api_*`.
package enum Endpoint: String, Sendable, Hashable, CaseIterable {
    case mlTrainStatus = "ml_train_status"
    case faqTrainStatus = "faq_train_status"
    case mlExportStatus = "ml_export_status"
    case mlTrain = "ml_train"
    case faqTrain = "faq_train"
    case mlExport = "ml_export"
    case bots
}
