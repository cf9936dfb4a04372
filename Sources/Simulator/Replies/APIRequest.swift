import FoundationEssentials

/// The parts of a request to the platform's API that its reply depends on.
struct APIRequest: Sendable, Hashable {
    var endpoint: Platform.Endpoint
    /// The bot's id in the path; `nil` for the list of bots.
    var bot: String?
    var method: String = "GET"
    var query: [String: String] = [:]
    /// The value of the header `bot-language`.
    var botLanguage: String?
    var body: [UInt8] = []

    /// The language in the call's query, header or body; `nil` where the call leaves it to the platform.
    var language: String? {
        switch endpoint {
        case .mlTrain: botLanguage
        case .faqTrain: FAQTrainCall(json: body)?.language
        default: query["language"]
        }
    }

    /// The state that the call is about; `nil` where the word is unknown or the call has none.
    var state: Platform.State? {
        switch endpoint {
        case .mlTrainStatus, .faqTrainStatus, .mlExport:
            query["state"].map { Platform.State(rawValue: $0) } ?? .configured
        case .mlTrain, .faqTrain: .configured
        case .mlExportStatus, .publishStatus, .publish, .bots: nil
        }
    }
}

/// The items of a URL's query.
enum Query {
    /// The first value of each name, percent-decoded. An item without a name, as in the documented export call with its
    /// `&=&`, is dropped.
    static func items(of query: Substring) -> [String: String] {
        var items: [String: String] = [:]
        for item in query.split(separator: "&") {
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = decode(parts[0])
            guard !name.isEmpty, items[name] == nil else { continue }
            items[name] = parts.count > 1 ? decode(parts[1]) : ""
        }
        return items
    }

    private static func decode(_ text: Substring) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else {
            return String(text)
        }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "+") {
                bytes.append(UInt8(ascii: " "))
            } else if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// The body of `POST …/faqs/train`.
struct FAQTrainCall: Decodable {
    var language: String
}

/// The body of `POST …/publish`.
struct PublishCall: Decodable {
    /// Required, as documented.
    var versionComment: String
    /// Whether the published version is trained afterwards; the default is true.
    var initiateTraining: Bool?
}

extension Decodable {
    /// Decodes a JSON body.
    ///
    /// - Returns: `nil` where the bytes are not such JSON.
    init?(json: [UInt8]) {
        guard let body = try? JSONDecoder().decode(Self.self, from: Data(json)) else { return nil }
        self = body
    }
}
