import Glibc
import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import Web

struct UnixSocketTests {
    private static func address(_ folder: TemporaryFolder) throws -> ListenAddress {
        try #require(ListenAddress("unix:" + folder.path("s")))
    }

    private static func health(_ path: String) async throws -> String {
        try await RawConnection.with(socketPath: path) { connection in
            try await connection.send("GET /-/healthy HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            return try await connection.receiveAll()
        }
    }

    @Test("a Unix socket is answered, only its owner and group may ask, and its file goes with the exporter")
    func answers() async throws {
        let folder = TemporaryFolder()
        let address = try Self.address(folder)
        let path = try #require(address.socketPath)
        try await RunningWeb.with(at: address) { _ in
            let answer = try await Self.health(path)
            #expect(answer.status == "200 OK")
            var status = stat()
            #expect(lstat(path, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o660)
            // Another exporter does not take the socket away.
            #expect(throws: ListenError(address: address, errnoCode: EADDRINUSE)) {
                try UnixSocket.removeStale(at: path, of: address)
            }
        }
        #expect(access(path, F_OK) != 0)
    }

    @Test("a socket that a process left behind is removed, and a file of another kind is not")
    func stale() async throws {
        let folder = TemporaryFolder()
        let address = try Self.address(folder)
        let path = try #require(address.socketPath)
        let left = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(unixDomainSocketPath: folder.path("bound")).get()
        // NIO removes the file that it bound, so it has another name by then.
        #expect(rename(folder.path("bound"), path) == 0)
        try await left.close()
        #expect(access(path, F_OK) == 0)
        try await RunningWeb.with(at: address) { _ in
            let answer = try await Self.health(path)
            #expect(answer.status == "200 OK")
        }
        try folder.write("not a socket", to: "s")
        #expect(throws: ListenError(address: address, errnoCode: EADDRINUSE)) {
            try UnixSocket.removeStale(at: path, of: address)
        }
        #expect(access(path, F_OK) == 0)
    }
}
