import Model
import Settings
import Testing

struct ValidSettingsTests {
    /// The shape of the documentation, with every key.
    static let whole = """
        defaults:
          base_url: https://Platform.Kore.ai/prefix/
          credential: main
          languages: [en]
          states: [configured, published]
          collectors: [ml_training, faq_training, ml_export]
          poll_interval: 60s
          active_interval: 10s
          max_age: 15m
          timeout: 10s
        credentials:
          - name: main
            client_id: cs-0000
            client_secret_file: secret
            algorithm: HS512
            claims: [sub, appId, exp, jti]
            audience: https://example.org/authorize
            subject: watcher
            token_lifetime: 30m
          - name: ready
            token_file: /run/secrets/token
          - name: variable
            token_env: KOREAI_TOKEN
          - name: spare
            client_id: cs-1111
            client_secret_env: KOREAI_SECRET
        budgets:
          per: credential
          requests_per_minute: 100
          requests_per_hour: 3000
        http:
          ca_file: /etc/ca.pem
          client_certificate_file: /etc/cert.pem
          client_key_file: /etc/key.pem
          proxy_url: socks5://user:proxy-password@proxy:1080/
          insecure_skip_verify: true
          http2: true
          max_connections: 32
          max_connections_per_host: 4
          max_response_bytes: 2MiB
        bots:
          - name: banking
            id: st-1111
            base_url: http://localhost:8080
            credential: ready
            languages: [en, no, pt-BR]
            states: [published]
            collectors: [ml_export, ml_training]
            poll_interval: 1m30s
            active_interval: 500ms
            max_age: 1h
            timeout: 5s
            labels: { team: cards, tier: 1, live: yes, quoted: "null" }
          - name: 0042
            id: 12345
        """

    @Test("Every key reaches the settings")
    func everyKey() throws {
        let settings = try parsed(Self.whole).get()
        let main = ClientCredential(
            clientID: "cs-0000",
            clientSecret: Secret("file-secret-8251"),
            algorithm: .hs512,
            claims: [.sub, .appId, .exp, .jti],
            audience: "https://example.org/authorize",
            subject: "watcher",
            tokenLifetime: .seconds(1800)
        )
        let spare = ClientCredential(clientID: "cs-1111", clientSecret: Secret("env-secret-3310"))
        #expect(
            settings.credentials == [
                CredentialSettings(name: "main", source: .client(main)),
                CredentialSettings(name: "ready", source: .tokenFile(path: "/run/secrets/token")),
                CredentialSettings(name: "variable", source: .token(Secret("env-token-7741"))),
                CredentialSettings(name: "spare", source: .client(spare)),
            ]
        )
        #expect(settings.budgets == BudgetSettings(per: .credential, requestsPerMinute: 100, requestsPerHour: 3000))
        var http = HTTPSettings()
        http.caFile = "/etc/ca.pem"
        http.clientCertificateFile = "/etc/cert.pem"
        http.clientKeyFile = "/etc/key.pem"
        http.proxyURL = "socks5://user:proxy-password@proxy:1080"
        http.insecureSkipVerify = true
        http.http2 = true
        http.maxConnections = 32
        http.maxConnectionsPerHost = 4
        http.maxResponseBytes = 2_097_152
        #expect(settings.http == http)
        let banking = BotSettings(
            name: "banking",
            id: "st-1111",
            baseURL: "http://localhost:8080",
            credential: "ready",
            languages: ["en", "no", "pt-BR"],
            states: [.published],
            collectors: [.mlExport, .mlTraining],
            pollInterval: .seconds(90),
            activeInterval: .milliseconds(500),
            maxAge: .seconds(3600),
            timeout: .seconds(5),
            labels: ["team": "cards", "tier": "1", "live": "yes", "quoted": "null"]
        )
        let other = BotSettings(
            name: "0042",
            id: "12345",
            baseURL: "https://Platform.Kore.ai/prefix",
            credential: "main"
        )
        #expect(settings.bots == [banking, other])
    }

    static let credential = "credentials: [{ name: main, client_id: cs-0000, client_secret: inline-secret }]\n"

    @Test("What the file leaves out has the defaults of the value types")
    func minimal() throws {
        let settings = try parsed(Self.credential + "bots: [{ name: banking, id: st-1111 }]").get()
        let source = ClientCredential(clientID: "cs-0000", clientSecret: Secret("inline-secret"))
        #expect(
            settings
                == Settings(
                    credentials: [CredentialSettings(name: "main", source: .client(source))],
                    defaults: BotSettings(name: "", id: "", credential: "main"),
                    bots: [BotSettings(name: "banking", id: "st-1111", credential: "main")]
                )
        )
    }

    @Test("A default gives way where the key beside it leaves it no room")
    func derivedDefaults() throws {
        let settings = try parsed(
            Self.credential
                + "http: { max_connections: 3 }\nbots: [{ name: a, id: a, poll_interval: 5s }, { name: b, id: b, poll_interval: 1h }]"
        ).get()
        #expect(settings.bots.map(\.activeInterval) == [.seconds(5), .seconds(10)])
        #expect(settings.bots.map(\.maxAge) == [.seconds(900), .seconds(10_800)])
        #expect(settings.http.maxConnectionsPerHost == 3)
    }

    @Test("Empty sections, anchors, merge keys, a byte order mark and Windows line ends are fine")
    func conveniences() throws {
        let yaml =
            "\u{FEFF}defaults:\nhttp: ~\nbudgets: {}\nx-shared: &shared\n  languages: [de]\n  timeout: 3s\n  labels: &labels { team: a }\n"
            + Self.credential
            + "bots:\n  - <<: *shared\n    name: a\n    id: a\n  - { <<: [*shared], name: b, id: b, timeout: 4s, labels: { <<: *labels, x: y } }\n"
        let settings = try parsed(yaml.replacing("\n", with: "\r\n")).get()
        #expect(settings.bots.map(\.languages) == [["de"], ["de"]])
        #expect(settings.bots.map(\.timeout) == [.seconds(3), .seconds(4)])
        #expect(settings.bots.map(\.labels) == [["team": "a"], ["team": "a", "x": "y"]])
    }

    @Test(
        "An address is taken as it is written, without the slashes at its end",
        arguments: [
            ("https://bots.kore.ai", "https://bots.kore.ai"), ("http://10.0.0.1:8080/", "http://10.0.0.1:8080"),
            ("https://[::1]:8443/kore//", "https://[::1]:8443/kore"),
            ("HTTPS://jp-bots.kore.ai", "HTTPS://jp-bots.kore.ai"),
        ]
    )
    func baseURLs(_ written: String, expected: String) throws {
        let settings = try parsed(Self.credential + "bots: [{ name: a, id: a, base_url: '\(written)' }]").get()
        #expect(settings.bots.map(\.baseURL) == [expected])
    }

    @Test("The same id on two platforms is two bots")
    func sameIDElsewhere() throws {
        let yaml =
            Self.credential + "bots: [{ name: a, id: st-1 }, { name: b, id: st-1, base_url: 'https://bots.kore.ai' }]"
        #expect(try parsed(yaml).get().bots.count == 2)
    }
}
