import FoundationEssentials
import Logging
import Settings
import Testing

@testable import Web

struct WebConfigurationTests {
    private static let users = "basic_auth_users:\n  alice: \(ProtectionTests.hash)\n"

    private func authorization(_ text: String) -> String {
        "Authorization: Basic " + Array(text.utf8).base64
    }

    @Test("with users, only the right password is answered, and the excluded paths")
    func passwords() async throws {
        try await RunningWeb.with(Self.users + "auth_excluded_paths: [/-/healthy]\n") { web in
            for headers in [[], [authorization("alice:wrong")], [authorization("bob:correct horse")]] {
                for path in ["/metrics", "/", "/-/ready", "/nowhere", "/-/healthy/"] {
                    let answer = try await web.get(path, headers: headers)
                    #expect(answer.hasPrefix("HTTP/1.1 401 "))
                    #expect(answer.lowercased().contains("www-authenticate: basic realm="))
                }
                do {
                    let answer = try await web.get("/-/healthy", headers: headers)
                    #expect(answer.hasPrefix("HTTP/1.1 200 "))
                }
            }
            for _ in 1...2 {
                let answer = try await web.get("/metrics", headers: [authorization("alice:correct horse")])
                #expect(answer.hasPrefix("HTTP/1.1 200 "))
            }
        }
    }

    @Test("a notification of Alertmanager has a token of its own, so that it is not asked for a password")
    func guarded() async throws {
        try await RunningWeb.with(Self.users) { web in
            let request = [
                "POST /api/v1/alerts HTTP/1.1", "Host: localhost", "Connection: close",
                "Authorization: Bearer of-alerts",
                "Content-Length: 2", "", "{}",
            ]
            let answer = try await web.ask(request.joined(separator: "\r\n"))
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
            #expect(answer.hasSuffix("Bearer of-alerts"))
        }
    }

    @Test("every response has the headers of the configuration, also one of an error")
    func headers() async throws {
        let yaml = "http_server_config: { headers: { X-Frame-Options: deny, X-Content-Type-Options: nosniff } }\n"
        try await RunningWeb.with(yaml + Self.users) { web in
            for path in ["/metrics", "/nowhere"] {
                for headers in [[], [authorization("alice:correct horse")]] {
                    let answer = try await web.get(path, headers: headers).lowercased()
                    #expect(answer.contains("x-frame-options: deny\r\n"))
                    #expect(answer.contains("x-content-type-options: nosniff\r\n"))
                }
            }
        }
    }

    @Test("requests over the rate are answered with 429")
    func rate() async throws {
        try await RunningWeb.with("rate_limit: { interval: 1h, burst: 2 }") { web in
            for status in [200, 200, 429, 429] {
                let answer = try await web.get("/metrics")
                #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
            }
        }
    }

    @Test("a file that changed is read again, and one that cannot be used changes nothing")
    func refresh() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "web-\(UUID().uuidString).yml").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        func write(_ text: String) throws {
            try text.write(toFile: file, atomically: true, encoding: .utf8)
        }
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        try write("http_server_config: { headers: { X-Frame-Options: deny } }")
        let configuration = try WebConfiguration(path: file, logger: logger)
        let first = configuration.protection
        configuration.refresh()
        #expect(configuration.protection === first)
        for bad in ["nonsense: 1", "http_server_config: { http2: false }"] {
            try write(bad)
            configuration.refresh()
            #expect(configuration.protection === first)
        }
        try FileManager.default.removeItem(atPath: file)
        configuration.refresh()
        #expect(configuration.protection === first)
        try write("http_server_config: { headers: { X-Frame-Options: sameorigin } }")
        configuration.refresh()
        #expect(configuration.protection.settings.headers == ["X-Frame-Options": "sameorigin"])
    }

    @Test("a certificate that cannot be read is an error with its place")
    func badCertificate() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "web-\(UUID().uuidString).yml").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        let yaml = "tls_server_config:\n  cert: '-----BEGIN CERTIFICATE-----'\n  key: '-----BEGIN PRIVATE KEY-----'\n"
        try yaml.write(toFile: file, atomically: true, encoding: .utf8)
        let error = #expect(throws: SettingsComplaints.self) {
            try WebConfiguration(path: file, logger: Logger(label: "test"))
        }
        #expect(error?.description == "\(file):2:9: `cert` holds no certificate that can be read")
    }
}
