import FoundationEssentials
import Testing

@testable import Simulator

@Suite("Scenarios")
struct ScenarioTests {
    @Test("A scenario is read with all it can say")
    func readsEverything() throws {
        let scenario = try Scenario(
            yaml: """
                seed: 7
                speed: 60
                path_prefix: /kore
                limits: {per: credential, per_minute: 10, per_hour: 100, status: 400, retry_after: true, wording: older,
                         counts_refused: true}
                credentials:
                  - {name: main, client_id: cs-1, client_secret: s, algorithm: HS512, scopes: [train_ml],
                     require_jti: true, enforce_jwe: bad_request}
                  - {name: admin, client_id: cs-2, client_secret: t, admin: true, account: acme, tokens: [a.b.c]}
                bot_list: {offset: pages, page_size: 20, empty_pages: 1, always_more: true}
                bots:
                  - id: st-1
                    name: banking
                    listed_as: Banking
                    listed: false
                    unpublished_status: suspended
                    languages: [en, de]
                    states: [configured]
                    credentials: [main]
                    sync_flags: old
                    extra_flags: [GuardRails]
                    train_details: rising
                    dropped_flags: [patterns]
                    download_key: downloadURL
                    spelling: seen
                    export_identity: stale
                    export_status_errors: 2
                    never_trained: true
                    never_reply: not_found
                    on_train: {queued: 1s, takes: 2s, outcome: failed, message: no answer}
                    on_publish: {queued: 1s, takes: 2s, outcome: failed, parts: [NL, dialog], fails_in: [dialog],
                                 initiate_training: false, needs_approval: true, approved_after: 5s,
                                 awaiting: in_progress}
                    on_export: {takes: {median: 3m, sigma: 0.5}, file: false, failed_step: Zip}
                    timeline:
                      - {at: 0, every: 10m, train: {engine: faq, language: de, queued: 5s, takes: 1m, outcome: hang}}
                      - {at: 1m, drift: {components: [sentences, UBTraining, Novel]}}
                      - {at: 2m, publish: true}
                      - {at: 2m, publish: {takes: 1s}}
                      - {at: 2m, unpublish: true}
                      - {at: 2m, drop_flags: [traits]}
                      - {at: 3m, export: {queued: 1s, takes: 1m30s, outcome: failed}}
                      - {at: 4m, never_trained: true}
                """
        )
        let expected = Scenario(
            seed: 7,
            speed: 60,
            pathPrefix: "/kore",
            limits: Scenario.Limits(
                per: .credential,
                perMinute: 10,
                perHour: 100,
                status: 400,
                retryAfter: true,
                wording: .older,
                countsRefused: true
            ),
            credentials: [
                Scenario.Credential(
                    name: "main",
                    clientID: "cs-1",
                    clientSecret: "s",
                    algorithm: .hs512,
                    scopes: [.trainML],
                    requiresJTI: true,
                    enforcesJWE: .badRequest
                ),
                Scenario.Credential(
                    name: "admin",
                    clientID: "cs-2",
                    clientSecret: "t",
                    isAdmin: true,
                    account: "acme",
                    tokens: ["a.b.c"]
                ),
            ],
            botList: Scenario.BotList(offset: .pages, pageSize: 20, emptyPages: 1, alwaysMore: true),
            bots: [
                Scenario.Bot(
                    id: "st-1",
                    name: "banking",
                    listedAs: "Banking",
                    listed: false,
                    unpublishedStatus: "suspended",
                    languages: ["en", "de"],
                    states: [.configured],
                    credentials: ["main"],
                    syncFlags: .old,
                    extraFlags: ["GuardRails"],
                    droppedFlags: ["patterns"],
                    trainDetails: .rising,
                    spelling: .seen,
                    downloadKey: .downloadURL,
                    exportIdentity: .stale,
                    exportStatusErrors: 2,
                    neverTrained: true,
                    neverReply: .notFound,
                    onTrain: Scenario.Training(
                        queued: .fixed(.seconds(1)),
                        takes: .fixed(.seconds(2)),
                        outcome: .failed,
                        message: "no answer"
                    ),
                    onExport: Scenario.Export(
                        takes: .logNormal(median: .seconds(180), sigma: 0.5),
                        file: false,
                        failedStep: "Zip"
                    ),
                    onPublish: Scenario.Publish(
                        queued: .fixed(.seconds(1)),
                        takes: .fixed(.seconds(2)),
                        outcome: .failed,
                        parts: ["NL", "dialog"],
                        failsIn: ["dialog"],
                        trains: false,
                        needsApproval: true,
                        approvedAfter: .fixed(.seconds(5)),
                        awaiting: .inProgress
                    ),
                    timeline: [
                        Scenario.Step(
                            at: .zero,
                            every: .seconds(600),
                            .train(
                                Scenario.Training(
                                    engine: .faq,
                                    language: "de",
                                    queued: .fixed(.seconds(5)),
                                    takes: .fixed(.seconds(60)),
                                    outcome: .hang
                                )
                            )
                        ),
                        Scenario.Step(
                            at: .seconds(60),
                            .drift(Scenario.Drift(components: ["Sentences", "ub_training", "Novel"]))
                        ),
                        Scenario.Step(at: .seconds(120), .publish(nil)),
                        Scenario.Step(
                            at: .seconds(120),
                            .publish(Scenario.Publish(takes: .fixed(.seconds(1))))
                        ),
                        Scenario.Step(at: .seconds(120), .unpublish),
                        Scenario.Step(at: .seconds(120), .dropFlags(["traits"])),
                        Scenario.Step(
                            at: .seconds(180),
                            .export(
                                Scenario.Export(
                                    queued: .fixed(.seconds(1)),
                                    takes: .fixed(.seconds(90)),
                                    outcome: .failed
                                )
                            )
                        ),
                        Scenario.Step(at: .seconds(240), .neverTrained),
                    ]
                )
            ]
        )
        #expect(scenario == expected)
    }

    @Test("What is left out has the documented defaults")
    func fillsDefaults() throws {
        let scenario = try Scenario(yaml: "bots: [{id: st-1, name: one}]")
        #expect(scenario == Scenario(bots: [Scenario.Bot(id: "st-1", name: "one")]))
        #expect(scenario.limits.perMinute == 60)
        #expect(scenario.limits.perHour == 1800)
    }

    @Test(
        "A mistake is told with its place and what would be right",
        arguments: [
            ("bots: [", "s.yml: expected YAML: "),
            ("", "s.yml: expected a mapping with bots:, found an empty file"),
            ("speed: 1", "s.yml:1:1: expected the key \"bots\", found none"),
            ("speeed: 1\nbots: []", "s.yml:1:1: speeed: unknown key \"speeed\"; did you mean \"speed\"?"),
            ("bots:\n  - id: st-1\n", "s.yml:2:5: bots[0]: expected the key \"name\", found none"),
            (
                "bots:\n  - id: st-1\n    name: one\n    languges: [en]",
                "s.yml:4:5: bots[0].languges: unknown key \"languges\"; did you mean \"languages\"?"
            ),
            (
                "bots:\n  - {id: st-1, name: one, timeline: [{at: soon, publish: true}]}",
                "s.yml:2:39: bots[0].timeline[0].at: expected a duration such as 30s, 1m30s or 500ms, found \"soon\""
            ),
            (
                "bots:\n  - {id: st-1, name: one, timeline: [{at: 1s, train: {engine: mll}}]}",
                "s.yml:2:55: bots[0].timeline[0].train.engine: expected one of ml, faq, found \"mll\""
            ),
            (
                "bots: [{id: st-1, name: one, timeline: [{at: 1s}]}]",
                "s.yml:1:41: bots[0].timeline[0]: expected exactly one of train"
            ),
            (
                "bots: [{id: st-1, name: one, timeline: [{at: 1s, train: {takes: {median: 1s, sigma: 9}}}]}]",
                "s.yml:1:78: bots[0].timeline[0].train.takes.sigma: expected 0 to 3, found 9"
            ),
            ("seed: many\nbots: []", "s.yml:1:1: seed: expected a whole number"),
            ("speed: 0\nbots: []", "s.yml: speed: expected above 0 and at most 1000000, found 0.0"),
            ("path_prefix: kore\nbots: []", "s.yml: path_prefix: expected nothing, or \"/\" and a word, found"),
            ("limits: {per_minute: 0}\nbots: []", "s.yml: limits: expected per_minute and per_hour above 0"),
            ("limits: {status: 500}\nbots: []", "s.yml: limits.status: expected 400 to 499, found 500"),
            (
                "bots: [{id: a, name: x}, {id: a, name: y}]",
                "s.yml: bots[].id: expected each once, found \"a\" twice"
            ),
            (
                "bots: [{id: a, name: x, languages: []}]",
                "s.yml: bots[0] (x).languages: expected at least one"
            ),
            (
                "bots: [{id: a, name: x, credentials: [nobody]}]",
                "s.yml: bots[0] (x).credentials: expected the name of one of credentials:, found \"nobody\""
            ),
            (
                "bots: [{id: a, name: x, timeline: [{at: 0, train: {language: fr}}]}]",
                "s.yml: bots[0] (x).timeline[0]: expected one of the bot's languages (en), found \"fr\""
            ),
            (
                "bots: [{id: a, name: x, timeline: [{at: 0, every: 10ms, publish: true}]}]",
                "s.yml: bots[0] (x).timeline[0].every: expected at least 1s"
            ),
        ]
    )
    func tellsMistakes(yaml: String, message: String) {
        let error = #expect(throws: ScenarioError.self) { try Scenario(yaml: yaml, file: "s.yml") }
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
    }

    @Test("Errors do not tell secrets")
    func keepsSecrets() {
        let yaml = """
            credentials:
              - {name: a, client_id: c, client_secret: hush, tokens: [hush]}
              - {name: b, client_id: d, client_secret: hush, tokens: [hush]}
            bots: []
            """
        let error = #expect(throws: ScenarioError.self) { try Scenario(yaml: yaml) }
        #expect(error?.message.contains("hush") == false)
        let credential = Scenario.Credential(name: "a", clientID: "c", clientSecret: "hush")
        #expect(!"\(credential)".contains("hush"))
    }

    @Test("The demo shows all it promises within its first real minute, and goes on")
    func demonstrates() throws {
        try Scenario.demo.validate()
        let start = PlatformAsker.start
        var platform = Platform(scenario: .demo, now: start)
        platform.advance(to: start + .seconds(60))
        let events = platform.events
        func happened(_ kind: SimulatorEvent.Kind, _ outcome: String? = nil) -> Int {
            events.filter { $0.kind == kind && $0.outcome == outcome }.count
        }
        #expect(happened(.trainingEnded, "finished") >= 5)
        #expect(happened(.trainingEnded, "failed") >= 3)
        #expect(happened(.drifted) >= 4)
        #expect(happened(.publishEnded, "success") >= 1)
        let exports = Set(events.filter { $0.outcome == "success" }.compactMap(\.duration))
        #expect(exports.count >= 3)
        #expect(happened(.exportEnded, "failed") >= 1)
        let travel = try #require(platform.bots["st-demo-travel"])
        #expect(travel.trainings[Platform.TrainingTarget("st-demo-travel")]?.status == .inProgress)
        #expect(travel.export?.status == .success)
        #expect(travel.export?.plan.file == false)
        #expect(platform.bots["st-demo-hr"]?.scenario.neverTrained == true)

        platform.advance(to: start + .seconds(24 * 3600))
        let last = try #require(platform.events.last)
        #expect(last.at > start + .seconds(24 * 3600 - 60))
    }

    @Test("The demo's exporter knows every bot, and one of their credentials is revoked within the first minute")
    func knowsTheDemo() {
        #expect(Scenario.demoBots.map(\.id) == Scenario.demo.bots.map(\.id))
        #expect(Scenario.demoBots.map(\.languages) == Scenario.demo.bots.map(\.languages))
        let credentials = Scenario.demo.credentials
        #expect(Set(Scenario.demoBots.map(\.credential)) == Set(credentials.map(\.name)))
        let revoked = credentials.filter { $0.revokedAfter.map { $0 < .seconds(60 * 60) } ?? false }
        #expect(revoked.map(\.name) == ["insurance"])
    }

    @Test("Many bots are quiet ones, the same for the same seed")
    func makesMany() throws {
        let scenario = Scenario.many(bots: 1000, seed: 5)
        try scenario.validate()
        #expect(scenario.bots.count == 1000)
        #expect(scenario == Scenario.many(bots: 1000, seed: 5))
        #expect(scenario != Scenario.many(bots: 1000, seed: 6))
        var platform = Platform(scenario: scenario, now: PlatformAsker.start)
        platform.advance(to: PlatformAsker.time(120))
        let kinds = Set(platform.events.map(\.kind))
        #expect(kinds.isSuperset(of: [.trainingStarted, .trainingEnded, .drifted, .exportStarted, .exportEnded]))
        #expect((100...2000).contains(platform.events.count))
    }

    @Test("The example in the documentation can be played")
    func playsTheDocumentation() throws {
        let file = #filePath.replacing("Tests/SimulatorTests/Pure/ScenarioTests.swift", with: "docs/simulator.md")
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let examples = text.matches(of: /```yaml\n([\s\S]*?)```/).map { String($0.1) }
        try #require(!examples.isEmpty)
        for example in examples { _ = try Scenario(yaml: example, file: "docs/simulator.md") }
        for kind in Fault.kinds { #expect(text.contains("`\(kind)`"), "\(kind) is not documented") }
    }
}
