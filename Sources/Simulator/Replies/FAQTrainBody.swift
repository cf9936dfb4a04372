import FoundationEssentials

/// The body of `POST …/faqs/train`.
struct FAQTrainBody: Decodable {
    var language: String

    /// - Returns: `nil` where the bytes are no such JSON.
    init?(_ bytes: [UInt8]) {
        guard let body = try? JSONDecoder().decode(FAQTrainBody.self, from: Data(bytes)) else { return nil }
        self = body
    }
}
