import Logging
import NIOCore
import NIOSSL
import NIOTLS

/// Ends a TLS connection whose client's certificate has none of the allowed names, before a request is read.
final class ClientNameHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let allowedNames: Set<String>
    private let logger: Logger

    init(allowedNames: Set<String>, logger: Logger) {
        self.allowedNames = allowedNames
        self.logger = logger
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .handshakeCompleted = event as? TLSUserEvent else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        let certificate = try? context.pipeline.syncOperations.nioSSL_peerCertificate()
        let names = (try? certificate?.toDERBytes()).map(CertificateNames.names) ?? []
        guard names.isDisjoint(with: allowedNames) else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        logger.debug(
            "a client was turned away: its certificate has none of the names in client_allowed_sans",
            metadata: ["remote": "\(context.remoteAddress?.description ?? "")", "names": "\(names.sorted())"]
        )
        context.close(promise: nil)
    }
}
