extension Platform {
    /// Which version of a bot is meant, in the platform's words.
    package enum State: String, Sendable, Hashable, CaseIterable, Codable {
        /// In development.
        case configured
        /// What customers talk to.
        case published
    }

    /// What is trained.
    package enum Engine: String, Sendable, Hashable, CaseIterable, Codable {
        case ml
        case faq
    }

    /// What an exporter calls the three status calls.
    package enum Collector: String, Sendable, Hashable, CaseIterable, Codable {
        case mlTraining = "ml_training"
        case faqTraining = "faq_training"
        case mlExport = "ml_export"
    }
}
