import Model
import Testing

@testable import Settings

/// The cases of exporter-toolkit's documentation and more of our own.
struct WebSettingsTests {
    private static let certificate = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n"
    private static let hash = "$2y$10$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi"

    private static let files = SettingsFiles { path, limit in
        switch path {
        case "/conf/server.crt", "/conf/ca.crt", "/abs/server.key", "/conf/server.key":
            .success(Array(certificate.utf8.prefix(limit)))
        case "/dev/null": .success([])
        case "/conf/junk": .success(Array("junk".utf8))
        case "/conf/large": .success([UInt8](repeating: 0x2D, count: min(limit, 2 << 20)))
        default: .failure(.missing)
        }
    }

    private static func parse(_ yaml: String) throws -> WebSettings {
        try WebSettingsParser.parse(yaml, fileName: "/conf/web.yml", files: files)
    }

    private static let tls = "tls_server_config:\n  cert_file: server.crt\n  key_file: /abs/server.key\n"

    @Test(
        "What exporter-toolkit documents is accepted",
        arguments: [
            "", "# nothing\n", "{}", "tls_server_config:\n  cert_file: \"server.crt\"\n  key_file: server.key\n",
            tls + "  client_auth_type: VerifyClientCertIfGiven\n",
            tls + "  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: ca.crt\n",
            tls + "  client_auth_type: RequireAnyClientCert\n  client_allowed_sans: [a.example, 127.0.0.1]\n",
            tls + "  client_auth_type: RequireClientCert\n", tls + "  client_auth_type: RequestClientCert\n",
            tls + "  min_version: TLS10\n  max_version: TLS12\n", tls + "  prefer_server_cipher_suites: false\n",
            tls + "  cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TLS_AES_128_GCM_SHA256]\n",
            tls + "  cipher_suites: [TLS_AES_128_GCM_SHA256]\n  min_version: TLS13\n",
            tls + "  cipher_suites: [TLS_RSA_WITH_AES_128_CBC_SHA]\nhttp_server_config:\n  http2: false\n",
            tls + "  curve_preferences: [CurveP256, CurveP384, CurveP521, X25519]\n",
            "tls_server_config:\n  cert: |\n    -----BEGIN CERTIFICATE-----\n  key: |\n    -----BEGIN PRIVATE KEY-----\n",
            "basic_auth_users:\n  alice: \(hash)\n  \"\": \(hash)\n", "basic_auth_users:\n",
            "auth_excluded_paths: [/-/healthy]", "rate_limit:\n  interval: 1s\n  burst: 10\n",
            "rate_limit:\n  interval: 0\n", "http_server_config:\n  headers:\n    X-Frame-Options: \"\"\n",
            "http_server_config:\n  headers:\n    X-Frame-Options: deny\n    X-XSS-Protection: 1\n"
                + "    Strict-Transport-Security: max-age=31536000; includeSubDomains\n"
                + "    X-Content-Type-Options: nosniff\n"
                + "    Content-Security-Policy: \"default-src 'self' *.test.example.net\"\n",
        ]
    )
    func good(yaml: String) throws {
        #expect(throws: Never.self) { try Self.parse(yaml) }
    }

    @Test("A blank value is none, as in exporter-toolkit")
    func blanks() throws {
        let yaml = """
            tls_server_config: {}
            http_server_config: {}
            basic_auth_users: {}
            auth_excluded_paths: []
            rate_limit: {}
            """
        #expect(try Self.parse(yaml) == WebSettings())
        let blanks = """
              client_auth_type: ""
              client_ca_file: ""
              client_allowed_sans: []
              min_version: ""
              cipher_suites: []
              curve_preferences: []
            """
        #expect(try Self.parse(Self.tls + blanks) == Self.parse(Self.tls))
    }

    @Test("The highest cost of bcrypt is accepted, and told")
    func costs() throws {
        let hash = Self.hash.replacing("$10$", with: "$31$")
        #expect(try Self.parse("basic_auth_users:\n  a: \(hash)").users["a"]?.reveal() == hash)
        #expect(BcryptHash.cost(of: hash) == 31)
    }

    @Test(
        "What cannot be honoured is an error with its place and a remedy",
        arguments: [
            ("true", "1:1: the file must be a mapping"), ("nonsense: 1", "1:1: unknown key `nonsense`"),
            ("tls_config:\n  cert_file: server.crt", "1:1: unknown key `tls_config` in the web configuration"),
            ("cert_file: server.crt", "1:1: unknown key `cert_file` in the web configuration; it belongs in"),
            ("tls_server_config:\n  cert_file: server.crt", "2:3: `tls_server_config` needs `key_file` or `key`"),
            ("tls_server_config:\n  key_file: server.key", "2:3: `tls_server_config` needs `cert_file` or `cert`"),
            (
                "tls_server_config:\n  cert_file: \"\"\n  key_file: server.key",
                "2:3: `tls_server_config` needs `cert_file`"
            ),
            ("tls_server_config:\n  cert: x\n  key_file: server.key", "2:9: `cert` is not a text in PEM"),
            (tls + "  cert: '-----BEGIN '", "4:9: `cert_file` and `cert` exclude each other"),
            (tls.replacing("server.crt", with: "gone"), "2:14: `cert_file`: the file `/conf/gone` does not exist"),
            (
                tls.replacing("server.crt", with: "junk"),
                "2:14: `cert_file`: the file `/conf/junk` is not a text in PEM"
            ),
            (tls.replacing("server.crt", with: "large"), "2:14: `cert_file`: the file `/conf/large` is not a text"),
            (
                tls + "  client_ca_file: /dev/null\n  client_auth_type: RequireAndVerifyClientCert",
                "4:19: `client_ca_file`: the file `/dev/null` is not a text in PEM"
            ),
            (tls + "  client_ca_file: ca.crt", "4:19: authorities of clients need a `client_auth_type`"),
            (tls + "  client_auth_type: Requires", "4:21: `client_auth_type` must be `NoClientCert`, "),
            (tls + "  client_allowed_sans: [a]", "4:24: `client_allowed_sans` needs a `client_auth_type` of"),
            (
                tls + "  client_auth_type: VerifyClientCertIfGiven\n  client_allowed_sans: [a]",
                "5:24: `client_allowed_sans` needs"
            ),
            (tls + "  cipher_suites: [TLS_RSA_WITH_RC4]", "4:19: `cipher_suites` must be"),
            (
                tls + "  max_version: TLS12\n  cipher_suites: [TLS_RSA_WITH_AES_128_CBC_SHA]",
                "5:18: `cipher_suites` must hold `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256` or"
            ),
            (tls + "  cipher_suites: [TLS_AES_128_GCM_SHA256]", "4:18: `cipher_suites` holds none for TLS 1.2"),
            (tls + "  curve_preferences: [CurveP257]", "4:23: `curve_preferences` must be"),
            (tls + "  min_version: TLS111", "4:16: `min_version` must be"), (tls + "  min_version: TLS9", "4:16: "),
            (tls + "  min_version: TLS13\n  max_version: TLS12", "4:16: `min_version` (`TLS13`) must not be above"),
            ("http_server_config:\n  headers:\n    X-Custom: a", "3:5: the header `X-Custom` cannot be set"),
            ("http_server_config:\n  headers:\n    X-Frame-Options: all", "3:22: `X-Frame-Options` must be `deny` or"),
            ("http_server_config:\n  headers:\n    X-Content-Type-Options: sniff", "3:29: `X-Content-Type-Options`"),
            ("http_server_config:\n  headers:\n    X-XSS-Protection: \"a\\nb: c\"", "3:23: the header"),
            ("basic_auth_users:\n  alice: $2y$10$short", "2:10: the hash of `alice` is not one of bcrypt"),
            ("basic_auth_users:\n  alice: secret-password", "2:10: the hash of `alice` is not one of bcrypt"),
            (
                "basic_auth_users:\n  a: \(hash.replacing("$10$", with: "$32$"))",
                "2:6: the hash of `a` has a cost of 32; it must be from 4 to 31"
            ),
            ("basic_auth_users:\n  \"a:b\": \(hash)", "2:3: the user `a:b` holds a `:`"),
            ("basic_auth_users: [alice]", "1:19: `basic_auth_users` must be a mapping"),
            ("auth_excluded_paths: [metrics]", "1:23: `auth_excluded_paths` must be a path"),
            ("rate_limit:\n  interval: 1s", "2:3: `burst` must be at least 1"),
            ("rate_limit:\n  interval: 1s\n  burst: 0", "3:10: `burst` must be at least 1"),
            ("rate_limit:\n  interval: -1s\n  burst: 1", "2:13: `interval` must be a duration"),
            ("rate_limit:\n  interval: 5\n  burst: 1", "2:13: `interval` must be a duration"),
            ("rate_limit:\n  interval: 1s\n  burst: many", "3:10: `burst` must be a whole number"),
        ]
    )
    func bad(yaml: String, complaint: String) throws {
        let error = #expect(throws: SettingsComplaints.self) { try Self.parse(yaml) }
        let complaints = try #require(error).complaints.map { "\($0.line):\($0.column): \($0.message)" }
        #expect(complaints.count == 1)
        #expect(complaints.first?.hasPrefix(complaint) == true, "\(complaints)")
    }

    @Test("Every key is read into its place")
    func values() throws {
        let settings = try Self.parse(
            """
            tls_server_config:
              cert_file: server.crt
              key_file: /abs/server.key
              client_auth_type: RequireAndVerifyClientCert
              client_ca_file: ca.crt
              client_allowed_sans: [prometheus.example]
              min_version: TLS13
              max_version: TLS13
              cipher_suites: [TLS_AES_256_GCM_SHA384]
              curve_preferences: [X25519, CurveP256]
            http_server_config:
              http2: false
              headers: { X-Frame-Options: deny }
            basic_auth_users: { alice: \(Self.hash) }
            auth_excluded_paths: [/-/healthy, /-/ready]
            rate_limit: { interval: 1m1.5s, burst: 3 }
            """
        )
        let tls = try #require(settings.tls)
        #expect(tls.certificate.text == Secret(Self.certificate))
        #expect(settings.files == ["/conf/server.crt", "/abs/server.key", "/conf/ca.crt"])
        #expect(tls.clientAuthentication == .requireAndVerify)
        #expect(tls.clientAllowedNames == ["prometheus.example"])
        #expect(tls.minimumVersion == .tls13 && tls.maximumVersion == .tls13)
        #expect(tls.cipherSuites?.map(\.number) == [0x1302])
        #expect(tls.curves?.map(\.number) == [0x1D, 0x17])
        #expect(!settings.http2)
        #expect(settings.headers == ["X-Frame-Options": "deny"])
        #expect(settings.users == ["alice": Secret(Self.hash)])
        #expect(settings.excludedPaths == ["/-/healthy", "/-/ready"])
        #expect(settings.rateLimit == WebRateLimit(interval: .milliseconds(61_500), burst: 3))
    }

    @Test("Neither a hash nor a key is ever printed")
    func printing() throws {
        let yaml = "basic_auth_users: { alice: \(Self.hash) }\n" + Self.tls
        var dumped = ""
        dump(try Self.parse(yaml), to: &dumped)
        #expect(!dumped.contains(Self.hash.suffix(20)) && !dumped.contains("BEGIN"))
        let error = #expect(throws: SettingsComplaints.self) {
            try Self.parse("basic_auth_users: &h { alice: $2y$10$hunter2-hunter2 }\nrate_limit: $2y$10$hunter2-hunter2")
        }
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test(
        "Durations are read as Go reads them",
        arguments: [
            ("1s", Duration.seconds(1)), ("1.5s", .milliseconds(1500)), ("1h2m3s", .seconds(3723)), ("0", .zero),
            ("100us", .microseconds(100)), ("1ms500us", .microseconds(1500)), ("", nil), ("s", nil), ("1", nil),
            ("1d", nil), ("-1s", nil), (".s", nil), ("1s ", nil), ("99999h", nil), ("1e3s", nil),
        ]
    )
    func durations(text: String, duration: Duration?) {
        #expect(GoDuration.parse(text) == duration)
    }
}
