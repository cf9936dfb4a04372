import Curl
import Model
import Settings
import Simulator
import Testing

@testable import App
@testable import koreai_exporter

struct ConfigurationTextTests {
    private static let secret = "secret-of-the-test"

    /// The same with what is written for secrets in their place, and without what is no part of any bot.
    private func redacted(_ settings: Settings) -> Settings {
        var settings = settings
        settings.credentials = settings.credentials.map { credential in
            guard case .client(var client) = credential.source else { return credential }
            client.clientSecret = Secret("<redacted>")
            return CredentialSettings(name: credential.name, source: .client(client))
        }
        settings.actions?.token = Secret("<redacted>")
        settings.defaults = BotSettings(name: "", id: "", credential: "")
        return settings
    }

    private func parsed(_ text: String) throws -> Settings {
        try SettingsParser.parse(text, fileName: "test.yml", files: SettingsFiles.disk)
    }

    @Test("what is in force is written as a file that gives the same again, without its secrets")
    func whole() throws {
        let settings = try parsed(
            """
            defaults: { timeout: 3s, languages: [fr], credential: main }
            credentials:
              - { name: main, client_id: cs-1, client_secret: \(Self.secret), claims: [sub, appId, jti, exp], token_lifetime: 10m }
              - { name: "on: [x]", client_id: "'", client_secret: \(Self.secret), subject: "a # b" }
            budgets: { per: credential, requests_per_minute: 7, requests_per_hour: 70 }
            http: { max_connections: 3, max_connections_per_host: 2, max_response_bytes: 1MiB, proxy_url: "http://p:1" }
            bots:
              - { name: "no", id: st-1, languages: ["no", "on"], labels: { team: "true", a: "x\\ny" }, states: [published] }
              - { name: "größe: 大", id: st-2, collectors: [ml_export], poll_interval: 1h30m, active_interval: 1500ms, max_age: 1d }
            discovery:
              - { name: all, list_credential: main, include: ["*"], exclude: ["x *"], credential: "on: [x]", label_rules: [{ names: [a], labels: { b: c } }] }
            canaries: [{ action: train_faq, bots: ["*"], every: 1d, max_per_day: 2 }]
            actions: { bearer_token: \(Self.secret), dry_run: true, rules: [{ alerts: ["A*"], cool_down: 5m, max_per_day: 9 }] }
            """
        )
        let text = YAMLText(settings).document
        #expect(!text.contains(Self.secret))
        #expect(redacted(try parsed(text)) == redacted(settings))
    }

    @Test("a discovery that takes each bot's default language still does, and nothing is written for what is not there")
    func little() throws {
        let settings = try parsed(
            """
            credentials: [{ name: main, client_id: cs-1, client_secret: \(Self.secret) }]
            discovery: [{ list_credential: main }]
            """
        )
        let text = YAMLText(settings).document
        let again = try parsed(text)
        #expect(redacted(again) == redacted(settings))
        #expect(again.discoveries.map(\.usesDefaultLanguage) == [true])
        #expect(!text.contains("bots:"))
        #expect(!text.contains("actions:"))
    }

    @Test("passwords of a proxy and ready tokens are not written")
    func unreadable() {
        var http = HTTPSettings()
        http.proxyURL = "http://user:\(Self.secret)@proxy:3128"
        let credential = CredentialSettings(name: "ready", source: .token(Secret(Self.secret)))
        let text = YAMLText(Settings(credentials: [credential], http: http, bots: [])).document
        #expect(text.contains(#"proxy_url: "http://<redacted>@proxy:3128""#))
        #expect(text.contains(#"token_env: "<redacted>""#))
        #expect(!text.contains(Self.secret))
        #expect(!text.contains("user"))
    }

    @Test("/config tells what is in force, also after a reload, and no secret")
    func served() async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            let first = TestPlatform.settings([TestPlatform.bot("a", at: baseURL)])
            var second = first
            second.bots[0].timeout = .seconds(4)
            let next = second
            try await RunningExporter.with(first, reloaded: { next }) { exporter in
                let before = try await exporter.get("/config")
                #expect(before.header("content-type") == "application/yaml; charset=utf-8")
                let text = String(decoding: before.body, as: UTF8.self)
                #expect(!text.contains(TestPlatform.clientSecret))
                #expect(redacted(try parsed(text)) == redacted(first))
                #expect(try await exporter.post("/-/reload").status == 200)
                let after = String(decoding: try await exporter.get("/config").body, as: UTF8.self)
                #expect(redacted(try parsed(after)) == redacted(next))
            }
        }
    }
}
