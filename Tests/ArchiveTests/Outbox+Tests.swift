import Testing

@testable import Archive

extension Outbox {
    /// Takes a batch that must be there.
    mutating func takeRequired() throws -> Batch {
        let batch = take()
        return try #require(batch)
    }
}
