import Settings
import Testing

struct YAMLTextTests {
    private static let file = """
        defaults: { timeout: 3s, languages: [fr, en], poll_interval: 30s }
        credentials:
          - { name: main, client_id: cs-1, client_secret: inline-9182, claims: [jti, exp, appId, sub] }
          - { name: ready, token_file: /run/secrets/token }
          - { name: variable, token_env: KOREAI_TOKEN }
        http: { proxy_url: "http://user:swordfish@p:1", ca_file: /etc/ca.pem, max_response_bytes: 2MiB }
        bots:
          - { name: "no", id: st-1, credential: main, labels: { team: "true", a: "x\\ny" }, active_interval: 1500ms }
        discovery:
          - { list_credential: main, credential: ready, label_rules: [{ names: [a], labels: { b: c } }] }
        canaries: [{ bots: ["*"] }]
        actions: { bearer_token_env: KOREAI_TOKEN, rules: [{ alerts: ["A*"] }] }
        """

    private static let written = """
        credentials:
          - name: "main"
            client_id: "cs-1"
            client_secret: "<redacted>"
            algorithm: "HS256"
            claims: ["sub", "appId", "exp", "jti"]
            audience: "https://idproxy.kore.ai/authorize"
            subject: "koreai-exporter"
            token_lifetime: 1h
          - name: "ready"
            token_file: "/run/secrets/token"
          - name: "variable"
            token_env: "<redacted>"
        budgets:
          per: "target"
          requests_per_minute: 60
          requests_per_hour: 1800
        http:
          ca_file: "/etc/ca.pem"
          proxy_url: "http://<redacted>@p:1"
          insecure_skip_verify: false
          http2: false
          max_connections: 64
          max_connections_per_host: 8
          max_response_bytes: 2097152
        bots:
          - name: "no"
            id: "st-1"
            labels:
              "a": "x\\ny"
              "team": "true"
            base_url: "https://platform.kore.ai"
            credential: "main"
            languages: ["fr", "en"]
            states: ["configured", "published"]
            collectors: ["ml_training", "faq_training", "ml_export"]
            poll_interval: 30s
            active_interval: 1s500ms
            max_age: 15m
            timeout: 3s
        discovery:
          - name: "main"
            list_credential: "main"
            include: ["*"]
            refresh_interval: 15m
            grace_period: 1h
            label_rules:
              - names: ["a"]
                labels:
                  "b": "c"
            base_url: "https://platform.kore.ai"
            credential: "ready"
            languages: ["fr", "en"]
            states: ["configured", "published"]
            collectors: ["ml_training", "faq_training", "ml_export"]
            poll_interval: 30s
            active_interval: 10s
            max_age: 15m
            timeout: 3s
        canaries:
          - action: "export"
            bots: ["*"]
            every: 1d
            max_per_day: 4
        actions:
          bearer_token: "<redacted>"
          dry_run: false
          rules:
            - alerts: ["A*"]
              bots: ["*"]
              cool_down: 1h
              max_per_day: 4

        """

    @Test("The settings are written in the order of the tables, with every default and without a secret")
    func document() throws {
        #expect(YAMLText(try parsed(Self.file).get()).document == Self.written)
    }
}
