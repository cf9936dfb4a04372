import NIOCore
import NIOPosix

/// A connection that sends what it is told, as HTTP or not.
struct RawConnection {
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private let received: Received

    /// Single use: one task reads.
    private final class Received {
        var iterator: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
        var text = ""

        init(_ stream: NIOAsyncChannelInboundStream<ByteBuffer>) {
            iterator = stream.makeAsyncIterator()
        }
    }

    /// - Parameter receiveBuffer: Bytes that the kernel keeps for a reader that is slow; `nil` for as many as it likes.
    static func with<Value>(
        port: Int = 0,
        socketPath: String? = nil,
        receiveBuffer: ChannelOptions.Types.SocketOption.Value? = nil,
        _ body: (RawConnection) async throws -> Value
    ) async throws -> Value {
        var bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        if let receiveBuffer { bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: receiveBuffer) }
        @Sendable func wrap(_ channel: any Channel) -> EventLoopFuture<NIOAsyncChannel<ByteBuffer, ByteBuffer>> {
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel(
                    wrappingChannelSynchronously: channel,
                    configuration: .init(inboundType: ByteBuffer.self, outboundType: ByteBuffer.self)
                )
            }
        }
        let channel =
            if let socketPath {
                try await bootstrap.connect(unixDomainSocketPath: socketPath, channelInitializer: wrap)
            } else {
                try await bootstrap.connect(host: "127.0.0.1", port: port, channelInitializer: wrap)
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await body(RawConnection(outbound: outbound, received: Received(inbound)))
        }
    }

    func send(_ text: String) async throws {
        try await outbound.write(ByteBuffer(string: text))
    }

    /// Everything that comes until a text does, or until the server closes the connection.
    func receive(until end: String) async throws -> String {
        while !received.text.contains(end), let bytes = try await next() {
            received.text += String(buffer: bytes)
        }
        defer { received.text = "" }
        return received.text
    }

    /// Everything that comes until the server closes the connection.
    func receiveAll() async throws -> String {
        while let bytes = try await next() { received.text += String(buffer: bytes) }
        return received.text
    }

    private func next() async throws -> ByteBuffer? {
        do {
            return try await received.iterator.next(isolation: #isolation)
        } catch let error as IOError where error.errnoCode == 104 {
            // Reset by the server: closed, as far as this goes.
            return nil
        }
    }
}

extension String {
    /// Of an answer in HTTP/1.1: `200 OK`.
    var status: String {
        String(prefix { $0 != "\r\n" }.dropFirst("HTTP/1.1 ".count))
    }
}
