import Hummingbird
import NIOCore

/// What is known of a request beside what it says.
struct WebContext: RequestContext, RemoteAddressRequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel
    var remoteAddress: SocketAddress? { channel.remoteAddress }

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// Of what is read into memory; the connection's own limit ends a longer body before.
    var maxUploadSize: Int { WebLimits.standard.bodyBytes }
}
