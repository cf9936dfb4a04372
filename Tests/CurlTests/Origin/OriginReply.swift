/// What the test origin does with a request.
enum OriginReply: Sendable {
    case respond(status: Int, headers: [(String, String)], body: [UInt8])
    /// A response of 200 after some time.
    case delayed(milliseconds: Int64)
    /// A response of 200 some time after as many requests have come as the gate waits for.
    case gathered(OriginGate, milliseconds: Int64)
    /// A byte of the body each time, for ever.
    case drip(milliseconds: Int64)
    /// Nothing, until the client closes.
    case hang
    /// A head that promises `declared` bytes and `body`, then nothing.
    case stall(declared: Int, body: [UInt8])
    /// A head that promises `declared` bytes and `body`, then the end of the connection.
    case truncate(declared: Int, body: [UInt8])
    /// Chunks without end and without a length, as long as the client reads.
    case endless(chunk: [UInt8])
    /// The connection is closed.
    case close
    /// The connection is reset.
    case reset
    /// These bytes instead of a response, and then the end of the connection.
    case raw([UInt8])

    /// A response of 200.
    static func ok(_ body: String = "ok", headers: [(String, String)] = []) -> OriginReply {
        .respond(status: 200, headers: headers, body: Array(body.utf8))
    }
}
