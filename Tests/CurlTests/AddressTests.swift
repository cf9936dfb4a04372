import CInterposers
import Curl
import Glibc
import TestSupport
import Testing

/// What happens when an address of a name stops answering, or the name moves to another address.
@Suite(.timeLimit(.minutes(5)))
struct AddressTests {
    @Test("An address that takes no connections is left for the name's other one within the timeout of one request")
    func otherAddress() async throws {
        try await TestOrigin.run { origin in
            let silent = try SilentAddress("127.0.0.2", port: origin.port)
            defer { silent.close() }
            let name = "two.addresses.invalid"
            set_addresses(name, "127.0.0.2,127.0.0.1")
            try await CurlClient.run { client in
                // Half of the timeout goes to the address that is silent; a busy machine may need longer for the other.
                var (timeout, status) = (Duration.seconds(4), 0)
                while status != 200, timeout <= .seconds(64) {
                    let request = CurlRequest(url: origin.url(host: name), timeout: timeout)
                    status = (try? await client.perform(request))?.status ?? 0
                    timeout *= 2
                }
                #expect(status == 200)
            }
        }
    }

    @Test("Once a connection of the pool stopped answering, none of the older ones is used again")
    func silentPool() async throws {
        let gate = OriginGate(size: 4)
        let answer: @Sendable (OriginRequest) -> OriginReply = { request in
            if request.target == "/fill" { return .gathered(gate, milliseconds: 1) }
            return request.connection <= 4 ? .hang : .ok()
        }
        try await TestOrigin.run(answer: answer) { origin in
            try await CurlClient.run { client in
                let filled = try await client.statuses(of: CurlRequest(url: origin.url("/fill")), times: 4)
                #expect(filled == [200: 4])
                let phrase = "after the request was sent and before the response began"
                _ = try await client.timeout(of: origin.url(), in: phrase)
                let statuses = try await client.statuses(of: CurlRequest(url: origin.url()), times: 3)
                #expect(statuses == [200: 3])
            }
        }
    }

    @Test("A name that moved is followed once the lifetime of its addresses is over, also where the old one answers")
    func movedName() async throws {
        try await TestOrigin.run { origin in
            let name = "moved.addresses.invalid"
            set_addresses(name, "127.0.0.1")
            try await CurlClient.run(CurlConfiguration(addressLifetime: .seconds(1))) { client in
                let request = CurlRequest(url: origin.url(host: name))
                _ = try await client.perform(request)
                // Nobody listens there: a request that is refused shows that the new address was asked.
                set_addresses(name, "127.0.0.3")
                try await eventually {
                    guard let error = try await client.failure(of: request) else { return false }
                    return error.reason == .connect
                }
            }
        }
    }
}

/// An address whose system drops each attempt to connect: the queue of its socket is full, and nobody empties it.
private struct SilentAddress {
    private let sockets: [CInt]

    init(_ address: String, port: Int) throws {
        var sockets: [CInt] = []
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_port = in_port_t(UInt16(port).bigEndian)
        inet_pton(AF_INET, address, &target.sin_addr)
        let stream = CInt(SOCK_STREAM.rawValue)
        func withTarget(_ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt) -> CInt {
            withUnsafePointer(to: target) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
        let listener = socket(AF_INET, stream, 0)
        sockets.append(listener)
        try #require(withTarget { bind(listener, $0, $1) } == 0)
        try #require(listen(listener, 0) == 0)
        for _ in 0..<4 {
            let client = socket(AF_INET, stream | CInt(SOCK_NONBLOCK.rawValue), 0)
            sockets.append(client)
            _ = withTarget { connect(client, $0, $1) }
        }
        self.sockets = sockets
    }

    func close() {
        for socket in sockets { Glibc.close(socket) }
    }
}
