import FoundationEssentials

/// A call of the admin path, apart from its socket.
struct AdminCall {
    var method: String
    /// What follows `/_simulator/`, split at its slashes.
    var path: [Substring]
    var query: [String: String]
    var body: [UInt8]

    /// The body's JSON; an empty one is `{}`.
    ///
    /// - Throws: ``ControlError`` that names what was expected.
    func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws(ControlError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(body.isEmpty ? Array("{}".utf8) : body))
        } catch let error as DecodingError {
            let place = error.place.isEmpty ? "the body" : error.place
            throw ControlError("\(place): \(error.explanation)")
        } catch {
            throw ControlError("expected JSON: \(error)")
        }
    }

    static func encode(_ value: some Encodable) -> Reply {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { return .internalError }
        return Reply(headers: [Reply.jsonHeader], body: Array(data) + [UInt8(ascii: "\n")])
    }
}
