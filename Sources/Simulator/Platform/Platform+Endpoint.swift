extension Platform {
    /// A call of the public API.
    package enum Endpoint: String, Sendable, Hashable, CaseIterable, Codable {
        case mlTrainStatus = "ml_train_status"
        case faqTrainStatus = "faq_train_status"
        case mlExportStatus = "ml_export_status"
        case mlTrain = "ml_train"
        case faqTrain = "faq_train"
        case mlExport = "ml_export"
        case bots

        var method: String {
            switch self {
            case .mlTrainStatus, .faqTrainStatus, .mlExportStatus, .bots: "GET"
            case .mlTrain, .faqTrain, .mlExport: "POST"
            }
        }

        /// The API scope a credential needs; `nil` for the list of bots, which only an admin credential may ask.
        var scope: Scenario.Scope? {
            switch self {
            case .mlTrainStatus, .mlTrain: .trainML
            case .faqTrainStatus, .faqTrain: .trainFAQ
            case .mlExportStatus, .mlExport: .utterancesExport
            case .bots: nil
            }
        }

        /// The collector that a fault may be aimed at; `nil` for calls that start something or list bots.
        var collector: Collector? {
            switch self {
            case .mlTrainStatus: .mlTraining
            case .faqTrainStatus: .faqTraining
            case .mlExportStatus: .mlExport
            case .mlTrain, .faqTrain, .mlExport, .bots: nil
            }
        }

        /// What stands after `/api/public/bot/{id}/`; `nil` for the list of bots.
        fileprivate var path: String? {
            switch self {
            case .mlTrainStatus: "ml/train/status"
            case .faqTrainStatus: "faqs/train/status"
            case .mlExportStatus: "mlexport/status"
            case .mlTrain: "ml/train"
            case .faqTrain: "faqs/train"
            case .mlExport: "mlexport"
            case .bots: nil
            }
        }

        private static let byPath: [String: Endpoint] = Dictionary(
            allCases.compactMap { endpoint in endpoint.path.map { ($0, endpoint) } },
            uniquingKeysWith: { first, _ in first }
        )

        /// Finds the call that a path names, without its query.
        ///
        /// - Returns: `nil` where the platform has no such path. `bot` is `nil` for the list of bots.
        static func find(path: Substring) -> (endpoint: Endpoint, bot: String?)? {
            if path == "/api/public/bots" { return (.bots, nil) }
            let start = "/api/public/bot/"
            guard path.hasPrefix(start) else { return nil }
            let rest = path.dropFirst(start.count)
            guard let slash = rest.firstIndex(of: "/"), slash != rest.startIndex,
                let endpoint = byPath[String(rest[rest.index(after: slash)...])]
            else { return nil }
            return (endpoint, String(rest[..<slash]))
        }
    }
}
