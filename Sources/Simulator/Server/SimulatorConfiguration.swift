package import Logging

/// How a ``Simulator`` listens.
package struct SimulatorConfiguration: Sendable {
    package enum TLS: String, Sendable, Hashable, CaseIterable {
        /// Plain HTTP.
        case none
        /// A certificate for `localhost` and 127.0.0.1 from the simulator's own authority.
        case trusted
        /// The same, expired a day ago.
        case expired
    }

    /// An IPv4 address, 127.0.0.1 by default: nobody else's business.
    package var host: String
    /// 0: any free one.
    package var port: Int
    package var tls: TLS
    /// Whether a client has to show a certificate of the simulator's authority.
    package var requiresClientCertificate: Bool
    /// Whether `/_simulator/…` is there, for clients on loopback.
    package var isAdminEnabled: Bool
    package var logger: Logger

    package init(
        host: String = "127.0.0.1",
        port: Int = 0,
        tls: TLS = .none,
        requiresClientCertificate: Bool = false,
        isAdminEnabled: Bool = false,
        logger: Logger = Logger(label: "simulator", factory: { _ in SwiftLogNoOpLogHandler() })
    ) {
        self.host = host
        self.port = port
        self.tls = tls
        self.requiresClientCertificate = requiresClientCertificate
        self.isAdminEnabled = isAdminEnabled
        self.logger = logger
    }
}
