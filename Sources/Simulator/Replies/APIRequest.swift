/// A request to the platform's API, as far as it matters.
struct APIRequest: Sendable, Hashable {
    var endpoint: Platform.Endpoint
    /// The bot's id in the path; `nil` for the list of bots.
    var bot: String?
    var method: String = "GET"
    var query: [String: String] = [:]
    /// The header `bot-language`.
    var botLanguage: String?
    var body: [UInt8] = []

    /// The language that is asked about, wherever the call has it; `nil` where it is left to the platform.
    var language: String? {
        switch endpoint {
        case .mlTrain: botLanguage
        case .faqTrain: FAQTrainBody(body)?.language
        default: query["language"]
        }
    }

    /// The state that is asked about; `nil` where the word is not known or the call has none.
    var state: Platform.State? {
        switch endpoint {
        case .mlTrainStatus, .faqTrainStatus, .mlExport:
            query["state"].map { Platform.State(rawValue: $0) } ?? .configured
        case .mlTrain, .faqTrain: .configured
        case .mlExportStatus, .bots: nil
        }
    }
}
