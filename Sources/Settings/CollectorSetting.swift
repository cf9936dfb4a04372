/// A word of `collectors:`.
package enum CollectorSetting: String, Sendable, Hashable, CaseIterable {
    case mlTraining = "ml_training"
    case faqTraining = "faq_training"
    case mlExport = "ml_export"
}
