import Curl
import FoundationEssentials
import Testing

@testable import Simulator

@Suite("A simulator with TLS")
struct TLSTests {
    /// Files for libcurl, which are gone when the test is.
    private final class Files {
        let folder = FileManager.default.temporaryDirectory.appending(path: "simulator-\(UUID().uuidString)")
        let authority: String
        let clientCertificate: String
        let clientKey: String

        init(_ certificates: SimulatorCertificates) throws {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            authority = folder.appending(path: "ca.pem").path
            clientCertificate = folder.appending(path: "client.pem").path
            clientKey = folder.appending(path: "client.key").path
            try certificates.authorityPEM.write(toFile: authority, atomically: true, encoding: .utf8)
            try certificates.clientCertificatePEM.write(toFile: clientCertificate, atomically: true, encoding: .utf8)
            try certificates.clientKeyPEM.write(toFile: clientKey, atomically: true, encoding: .utf8)
        }

        deinit {
            try? FileManager.default.removeItem(at: folder)
        }
    }

    private func get(_ baseURL: String, _ configuration: CurlConfiguration) async throws -> Int {
        let client = try CurlClient(configuration: configuration)
        let request = CurlRequest(
            url: baseURL + Fixture.export,
            headers: [(name: "auth", value: try await Token.sign())],
            timeout: .seconds(300)
        )
        do {
            let status = try await client.perform(request).status
            await client.shutdown()
            return status
        } catch {
            await client.shutdown()
            throw error
        }
    }

    private func fixture(
        _ tls: SimulatorConfiguration.TLS,
        requiresClientCertificate: Bool = false
    ) async throws -> (Fixture, Files) {
        let configuration = SimulatorConfiguration(tls: tls, requiresClientCertificate: requiresClientCertificate)
        let fixture = try await Fixture(configuration: configuration)
        return (fixture, try Files(try #require(fixture.simulator.certificates)))
    }

    @Test("is trusted by whoever trusts its authority, and by nobody else")
    func isTrusted() async throws {
        let (fixture, files) = try await fixture(.trusted)
        try await fixture.simulator.withRunning { baseURL async throws in
            #expect(baseURL.hasPrefix("https://127.0.0.1:"))
            #expect(try await get(baseURL, CurlConfiguration(caFile: files.authority)) == 200)
            let error = await #expect(throws: CurlError.self) { try await get(baseURL, CurlConfiguration()) }
            #expect(error?.reason == .tls)
        }
    }

    @Test("is trusted by nobody with an expired certificate, which may come and go while it runs")
    func expires() async throws {
        let (fixture, files) = try await fixture(.expired)
        let trusting = CurlConfiguration(caFile: files.authority)
        try await fixture.simulator.withRunning { baseURL async throws in
            let error = await #expect(throws: CurlError.self) { try await get(baseURL, trusting) }
            #expect(error?.reason == .tls)
            fixture.simulator.presentCertificate(.trusted)
            #expect(try await get(baseURL, trusting) == 200)
            fixture.simulator.presentCertificate(.expired)
            await #expect(throws: CurlError.self) { try await get(baseURL, trusting) }
        }
    }

    @Test("may ask for a client's certificate")
    func asksForCertificate() async throws {
        let (fixture, files) = try await fixture(.trusted, requiresClientCertificate: true)
        var configuration = CurlConfiguration(caFile: files.authority)
        try await fixture.simulator.withRunning { baseURL in
            let nameless = configuration
            await #expect(throws: CurlError.self) { try await get(baseURL, nameless) }
            configuration.clientCertificateFile = files.clientCertificate
            configuration.clientKeyFile = files.clientKey
            let status = try await get(baseURL, configuration)
            #expect(status == 200)
        }
    }

    @Test("resets connections before TLS can say good-bye", arguments: [Fault.reset, .close])
    func breaksOff(fault: Fault) async throws {
        let (fixture, files) = try await fixture(.trusted)
        fixture.simulator.inject(fault, times: 1)
        try await fixture.simulator.withRunning { baseURL async throws in
            let trusting = CurlConfiguration(caFile: files.authority)
            await #expect(throws: CurlError.self) { try await get(baseURL, trusting) }
            #expect(try await get(baseURL, trusting) == 200)
        }
    }
}
