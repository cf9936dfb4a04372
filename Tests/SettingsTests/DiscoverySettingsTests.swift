import Settings
import Testing

struct DiscoverySettingsTests {
    private static let credentials = """
        credentials:
          - { name: main, client_id: cs, client_secret: inline-9182 }
          - { name: account, client_id: cs-a, client_secret: inline-9183 }

        """

    @Test("a discovery needs no bots beside it, and inherits what holds for all")
    func whole() throws {
        let settings = try parsed(
            Self.credentials + """
                defaults: { poll_interval: 2m, credential: main }
                discovery:
                  - list_credential: account
                    include: [Bank*, 'Support ?']
                    exclude: ['*test']
                    grace_period: 10m
                    languages: [en, de]
                    label_rules:
                      - { names: [Bank*], labels: { team: cards, tier: 1 } }
                      - { names: ['*ing'], labels: { team: core } }
                  - name: rest
                    credential: account
                """
        ).get()
        #expect(settings.bots == [])
        let first = try #require(settings.discoveries.first)
        #expect(first.name == "account")
        #expect(first.listCredential == "account")
        #expect(first.watch.credential == "main")
        #expect(first.watch.pollInterval == .seconds(120))
        #expect(first.watch.languages == ["en", "de"])
        #expect(!first.usesDefaultLanguage)
        #expect(first.refreshInterval == .seconds(900))
        #expect(first.gracePeriod == .seconds(600))
        #expect(first.wants("Banking") && first.wants("Support 1"))
        #expect(!first.wants("Bank test") && !first.wants("Other"))
        #expect(first.labels(of: "Banking") == ["team": "core", "tier": "1"])
        #expect(first.labels(of: "Support 1") == [:])
        let second = try #require(settings.discoveries.last)
        #expect(second.name == "rest" && second.listCredential == "account" && second.usesDefaultLanguage)
    }

    static let cases: [ComplaintCase] = [
        .top(
            "discovery: [{ include: [] }]",
            "3:24: `include` is an empty list; name at least one, as in `['Support *']`, or remove the key"
        ),
        .top(
            "discovery: [{ list_credential: mian }]",
            "3:32: `list_credential` must be the name of an entry of `credentials`, not `mian`; did you mean `main`?"
        ),
        .top(
            "discovery: [{}, {}]",
            "3:17: duplicate discovery name `main`; the first is at 3:13; set another `name`"
        ),
        .top(
            "discovery: [{ label_rules: [{}] }]",
            "3:29: this label rule has no `labels`; add some, as in `labels: { team: hr }`",
            "3:29: this label rule has no `names`; add patterns, as in `names: [HR*]`"
        ),
        .top(
            "discovery: [{ label_rules: [{ names: [a], labels: { engine: x, exported_a: y } }] }]",
            "3:53: the label `engine` is set by the exporter itself; choose another name, such as `my_engine`",
            "3:64: the label `exported_a` begins with `exported_`, which Prometheus puts before a label that clashes with one of its own; choose a name without it"
        ),
        .top("discovery: [{ inlcude: [a] }]", "3:15: unknown key `inlcude` in a discovery; did you mean `include`?"),
        .top(
            "discovery: [{ max_age: 30s }]",
            "3:24: `max_age` (30s) must be longer than `poll_interval` (1m, its default)"
        ),
    ]

    @Test("mistakes are told with their place", arguments: cases)
    func mistakes(mistake: ComplaintCase) {
        #expect(complaints(about: mistake.yaml) == mistake.complaints)
    }
}
