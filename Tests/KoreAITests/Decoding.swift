import Model

@testable import KoreAI

/// Decodes a text as a reply.
func decode<Reply: PlatformReply>(_ text: String, as type: Reply.Type = Reply.self) throws -> Decoded<Reply> {
    try Reply.decode(Array(text.utf8))
}

/// The moment that an ISO 8601 text names.
func time(_ text: String) -> Timestamp? {
    Timestamp(parsing: text)
}
