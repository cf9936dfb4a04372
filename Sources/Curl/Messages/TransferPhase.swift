/// What a transfer was at when its time was over.
enum TransferPhase: Sendable, CaseIterable {
    /// All connections that it may use were busy.
    case waiting
    case resolving
    case connecting
    /// TLS, or the proxy's.
    case handshaking
    case awaitingResponse
    case receiving
}

extension TransferPhase {
    /// Ends a sentence that says that the time was over.
    var description: String {
        switch self {
        case .waiting: "while it waited for a free connection"
        case .resolving: "while its name was looked up"
        case .connecting: "while the connection was made"
        case .handshaking: "during the handshake"
        case .awaitingResponse: "after the request was sent and before the response began"
        case .receiving: "in the middle of the response"
        }
    }

    var advice: String {
        switch self {
        case .waiting: "raise the limit of connections to a host, or ask less often"
        case .resolving: "check the DNS of this machine"
        case .connecting: "check the host, the port, and whether a firewall drops packets or a proxy is needed"
        case .handshaking: "check that the scheme, http or https, fits the port, and the proxy"
        case .awaitingResponse, .receiving: "check the load of the server, or raise the timeout"
        }
    }
}
