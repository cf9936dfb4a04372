import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    init(_ reply: Reply) {
        self.init(
            status: HTTPResponse.Status(code: reply.status),
            headers: reply.fields,
            body: reply.body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body))
        )
    }

    /// Promises the whole body, sends half of it and breaks off.
    init(truncated reply: Reply, end: @escaping @Sendable (Int) -> Void) {
        let half = ByteBuffer(bytes: reply.body.prefix(reply.body.count / 2))
        self.init(
            status: HTTPResponse.Status(code: reply.status),
            headers: reply.fields,
            body: ResponseBody(contentLength: reply.body.count + 1) { writer in
                defer { end(reply.status) }
                try await writer.write(half)
                throw ChannelError.eof
            }
        )
    }

    /// Sends a byte at a time.
    init(
        dripped reply: Reply,
        every interval: Duration,
        on channel: any Channel,
        end: @escaping @Sendable (Int) -> Void
    ) {
        self.init(
            status: HTTPResponse.Status(code: reply.status),
            headers: reply.fields,
            body: ResponseBody(contentLength: reply.body.count) { writer in
                defer { end(reply.status) }
                for byte in reply.body {
                    try await channel.hold(for: interval)
                    try await writer.write(ByteBuffer(bytes: [byte]))
                }
                try await writer.finish(nil)
            }
        )
    }

    /// JSON with one string of that many mebibytes, in chunks, so that no length warns the client.
    init(hugeWithMebibytes mebibytes: Int, end: @escaping @Sendable (Int) -> Void) {
        var headers = HTTPFields()
        headers[.contentType] = Reply.jsonHeader.value
        self.init(
            status: .ok,
            headers: headers,
            body: ResponseBody { writer in
                defer { end(200) }
                try await writer.write(ByteBuffer(string: "{\"trainingStatus\":\""))
                let chunk = ByteBuffer(repeating: UInt8(ascii: "x"), count: 65_536)
                for _ in 0..<max(0, min(mebibytes, 1 << 20)) * 16 { try await writer.write(chunk) }
                try await writer.write(ByteBuffer(string: "\"}"))
                try await writer.finish(nil)
            }
        )
    }
}

extension Reply {
    /// The headers, without those whose name or value HTTP does not allow.
    fileprivate var fields: HTTPFields {
        var fields = HTTPFields()
        for header in headers {
            guard let name = HTTPField.Name(header.name) else { continue }
            fields.append(HTTPField(name: name, value: header.value))
        }
        return fields
    }
}
