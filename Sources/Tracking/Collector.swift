/// What is asked about a bot. The raw value is the `collector` label.
package enum Collector: String, Sendable, Hashable, CaseIterable {
    case mlTraining = "ml_training"
    case faqTraining = "faq_training"
    case mlExport = "ml_export"
}
