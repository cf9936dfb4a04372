import Settings
import Testing

struct SectionComplaintTests {
    static let cases: [ComplaintCase] = [
        .top(
            "budgets: { per: bots }",
            "3:17: `per` must be `target`, `bot` or `credential`, not `bots`; did you mean `bot`?"
        ),
        .top(
            "budgets: { requests_per_minute: 0 }",
            "3:33: `requests_per_minute` must be a whole number from 1 to 100000, not `0`"
        ),
        .top(
            "budgets: { requests_per_minute: -1 }",
            "3:33: `requests_per_minute` must be a whole number from 1 to 100000, not `-1`"
        ),
        .top(
            "budgets: { requests_per_minute: 1e3 }",
            "3:33: `requests_per_minute` must be a whole number from 1 to 100000, not `1e3`"
        ),
        .top(
            "budgets: { requests_per_minute: 99999999999999999999 }",
            "3:33: `requests_per_minute` must be a whole number from 1 to 100000, not `99999999999999999999`"
        ),
        .top(
            "budgets: { requests_per_minute: '60' }",
            "3:33: `requests_per_minute` must be a number, not a text; remove the quotes around it"
        ),
        .top(
            "budgets: { requests_per_minute: 6000 }",
            "3:33: `requests_per_minute` (6000) must not be above `requests_per_hour` (1800, its default); set `requests_per_hour` too"
        ),
        .top(
            "budgets: { requests_per_hour: 30 }",
            "3:31: `requests_per_hour` (30) must not be below `requests_per_minute` (60, its default); set `requests_per_minute` too"
        ),
        .top(
            "budgets: { requests_per_hour: 30, requests_per_minute: 31 }",
            "3:31: `requests_per_hour` (30) must not be below `requests_per_minute` (31)"
        ),
        .top("budgets: 60", "3:10: `budgets` must be a mapping of keys and values, not a text"),
        .top("http: { ca_file: nothing.pem }", "3:18: `ca_file`: the file `/conf/nothing.pem` does not exist"),
        .top("http: { ca_file: [] }", "3:18: `ca_file` must be the path of a file, not a list"),
        .top(
            "http: { client_key_file: /etc/key.pem }",
            "3:26: `client_key_file` needs `client_certificate_file`; set both or neither"
        ),
        .top(
            "http: { client_certificate_file: /etc/cert.pem }",
            "3:34: `client_certificate_file` needs `client_key_file`; set both or neither"
        ),
        .top(
            "http: { insecure_skip_verify: yes }",
            "3:31: `insecure_skip_verify` must be `true` or `false`, not `yes`"
        ),
        .top("http: { http2: 'true' }", "3:16: `http2` must be `true` or `false` without quotes"),
        .top(
            "http: { max_connections: 4, max_connections_per_host: 8 }",
            "3:55: `max_connections_per_host` (8) must not be above `max_connections` (4)"
        ),
        .top(
            "http: { max_connections_per_host: 100 }",
            "3:35: `max_connections_per_host` (100) must not be above `max_connections` (64, its default)"
        ),
        .top(
            "http: { max_response_bytes: 1MB }",
            "3:29: `max_response_bytes` must be a size from 1KiB to 256MiB, such as `1MiB` or `1048576` (bytes), not `1MB`"
        ),
        .top(
            "http: { max_response_bytes: 99999999999GiB }",
            "3:29: `max_response_bytes` must be a size from 1KiB to 256MiB, such as `1MiB` or `1048576` (bytes), not `99999999999GiB`"
        ),
        .top(
            "http: { proxy_url: 'ftp://u:p4ss-word@h' }",
            "3:20: `proxy_url` must be a URL with a host, of the scheme `http`, `https` or `socks5`, such as `http://proxy:3128`"
        ),
        .top(
            "http: { proxy_url: 'http://u:p4ss-word@bücher.example:3128' }",
            "3:20: `proxy_url` must be a URL whose host is written as DNS has it (`xn--…`)"
        ),
        .top(
            "http: { proxy_url: 'http://u:p4ss-word@h:3128/path' }",
            "3:20: `proxy_url` must end after the host and port, as in `http://proxy:3128`"
        ),
        .top("http: { proxy_url: [] }", "3:20: `proxy_url` must be a URL such as `http://proxy:3128`, not a list"),
        .top("ca_file: /etc/ca.pem", "3:1: unknown key `ca_file` in the file; it belongs in `http`"),
        .top("bot: []", "3:1: unknown key `bot` in the file; did you mean `bots`?"),
        .top(
            "defaults: { name: x }",
            "3:13: unknown key `name` in `defaults`; it belongs in a credential or a bot or a discovery"
        ),
        .top("defaults: { <<: 5 }", "3:17: `<<` must be an alias of a mapping, as in `<<: *shared`, not `5`"),
        .top("defaults: { <<: [5] }", "3:18: `<<` must be an alias of a mapping, as in `<<: *shared`, not `5`"),
        ComplaintCase("", "1:1: the file is empty; expected `credentials` and `bots`, and what else you need"),
        ComplaintCase(
            "# nothing\n",
            "1:1: the file is empty; expected `credentials` and `bots`, and what else you need"
        ),
        ComplaintCase(
            "- a",
            "1:1: the file must be a mapping with the keys `defaults`, `credentials`, `budgets`, `http`, `bots`, `discovery`, `canaries` and `actions`, not a list"
        ),
        ComplaintCase(
            "a",
            "1:1: the file must be a mapping with the keys `defaults`, `credentials`, `budgets`, `http`, `bots`, `discovery`, `canaries` and `actions`, not a text"
        ),
        ComplaintCase(
            "\n\nhttp: {}",
            "3:1: `bots` is missing; add at least one, as in `bots: [{ name: banking, id: st-1111 }]`",
            "3:1: `credentials` is missing; add at least one, with `name`, `client_id` and `client_secret_file`"
        ),
        ComplaintCase(
            "credentials: []\nbots:\n",
            "1:14: `credentials` is an empty list; add at least one entry, as in `- name: main`",
            "2:6: `bots` must be a list, not nothing; begin each entry with `- `, as in `- name: banking`"
        ),
        ComplaintCase(
            ComplaintCase.credential + "bots:\n  name: a\n  id: b\n",
            "3:3: `bots` must be a list, not a mapping; begin each entry with `- `, as in `- name: banking`"
        ),
    ]

    @Test("What is wrong with a section is said, with its place and remedy", arguments: cases)
    func complains(_ example: ComplaintCase) {
        let found = complaints(about: example.yaml)
        #expect(found == example.complaints)
        #expect(!found.contains { $0.contains("p4ss-word") })
    }

    @Test("Everything that is wrong is said at once, in the order of the file")
    func allAtOnce() {
        let yaml = """
            defaults:
              poll_interval: 5s
              poll_interval: 6s
              activ_interval: 10s
              max_age: 3s
            credentials:
              - name: main
                client_id: cs-0000
                client_secret_file: /run/secrets/nothing
            budgets:
              requests_per_minute: many
            bots:
              - name: banking
                id: st-1111
                languages: [en, en]
              - name: banking
                id: st-1111
                active_interval: 1m
              - nam: cards
            """
        #expect(
            complaints(about: yaml) == [
                "3:3: duplicate key `poll_interval`; it already stands at 2:3; keep one of the two",
                "4:3: unknown key `activ_interval` in `defaults`; did you mean `active_interval`?",
                "5:12: `max_age` (3s) must be longer than `poll_interval` (5s, at 2:18)",
                "9:25: `client_secret_file`: the file `/run/secrets/nothing` does not exist",
                "11:24: `requests_per_minute` must be a whole number from 1 to 100000, not `many`",
                "15:21: `en` stands twice in `languages`, first at 15:17",
                "16:11: duplicate bot name `banking`; the first is at 13:11",
                "17:9: the bot `banking` at 14:9 has the same `id` and `base_url`; keep one of the two",
                "18:22: `active_interval` (1m) must not be longer than `poll_interval` (5s, at 2:18)",
                "19:5: this bot has no `id`; the platform shows it, as in `st-1111`",
                "19:5: this bot has no `name`; it becomes the `bot` label of its series",
                "19:5: unknown key `nam` in a bot; did you mean `name`?",
            ]
        )
    }

    @Test("The bot's own interval is the one to see where `defaults` has the other, wherever that stands")
    func intervalAgainstDefaults() {
        let yaml =
            ComplaintCase.credential + "bots: [{ name: a, id: b, poll_interval: 5s }]\n"
            + "defaults: { poll_interval: 1m, active_interval: 20s, max_age: 5s }\n"
        #expect(
            complaints(about: yaml) == [
                "2:41: `active_interval` (20s, at 3:49) must not be longer than `poll_interval` (5s)",
                "2:41: `max_age` (5s, at 3:63) must be longer than `poll_interval` (5s)",
            ]
        )
    }

    @Test("A complaint reads path:line:column: message")
    func format() throws {
        guard case .failure(let error) = parsed("a\n") else {
            Issue.record("a text is no configuration")
            return
        }
        #expect(error.description.hasPrefix("/conf/koreai.yaml:1:1: the file must be"))
    }
}
