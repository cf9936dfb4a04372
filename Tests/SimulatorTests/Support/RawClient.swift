import NIOCore
import NIOPosix

/// One HTTP/1.1 request on a connection of its own, with what the wire really did.
struct RawClient {
    struct Answer: Sendable {
        enum End: Sendable, Equatable {
            /// The server closed the connection.
            case closed
            /// The server reset the connection.
            case reset
            /// The whole reply was there, and the connection still stood.
            case complete
        }

        var text: String
        var end: End

        var status: Int? { text.split(separator: " ").dropFirst().first.flatMap { Int($0) } }
        var body: String {
            text.firstRange(of: "\r\n\r\n").map { String(text[$0.upperBound...]) } ?? ""
        }

        func header(_ name: String) -> String? {
            for line in text.split(separator: "\r\n").dropFirst() {
                let parts = line.split(separator: ":", maxSplits: 1)
                if parts.count == 2, parts[0].lowercased() == name.lowercased() {
                    return parts[1].trimmingPrefix { $0 == " " }.description
                }
            }
            return nil
        }
    }

    /// Sends a request and reads until its reply is whole or the connection ends. Cancelled, it goes away.
    static func send(
        _ method: String = "GET",
        _ path: String,
        to baseURL: String,
        headers: [String: String] = [:],
        body: String? = nil
    ) async throws -> Answer {
        let authority = baseURL.split(separator: "/")[1]
        let parts = authority.split(separator: ":")
        let promise = MultiThreadedEventLoopGroup.singleton.next().makePromise(of: Answer.self)
        var request = "\(method) \(path) HTTP/1.1\r\nHost: \(authority)\r\n"
        for (name, value) in headers { request += "\(name): \(value)\r\n" }
        if let body { request += "Content-Length: \(body.utf8.count)\r\n" }
        request += "\r\n\(body ?? "")"
        let bytes = ByteBuffer(string: request)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AnswerHandler(promise))
                }
            }
            .connect(host: String(parts[0]), port: Int(parts[1]) ?? 0)
            .get()
        do {
            try await channel.writeAndFlush(bytes).get()
        } catch {
            // The reply, or the reset, may be faster than the request's end: the handler tells.
        }
        let answer = try await withTaskCancellationHandler {
            try await promise.futureResult.get()
        } onCancel: {
            channel.close(promise: nil)
        }
        try? await channel.close()
        return answer
    }
}

private final class AnswerHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let promise: EventLoopPromise<RawClient.Answer>
    private var bytes = ByteBuffer()
    /// Of the whole reply; `nil` until its head is there, or where it has no `Content-Length`.
    private var length: Int?
    private var isDone = false

    init(_ promise: EventLoopPromise<RawClient.Answer>) {
        self.promise = promise
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var part = unwrapInboundIn(data)
        let isNew = bytes.readableBytes == 0
        bytes.writeBuffer(&part)
        if length == nil, isNew || bytes.readableBytes < 65_536 {
            let answer = RawClient.Answer(text: String(buffer: bytes), end: .complete)
            if let end = answer.text.firstRange(of: "\r\n\r\n")?.upperBound,
                let body = answer.header("content-length").flatMap({ Int($0) })
            {
                length = answer.text.utf8.distance(from: answer.text.startIndex, to: end) + body
            }
        }
        if let length, bytes.readableBytes >= length { finish(.complete) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        finish(.closed)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        finish((error as? IOError)?.errnoCode == 104 ? .reset : .closed)
        context.close(promise: nil)
    }

    private func finish(_ end: RawClient.Answer.End) {
        guard !isDone else { return }
        isDone = true
        promise.succeed(RawClient.Answer(text: String(buffer: bytes), end: end))
    }
}
