import Testing

struct BotComplaintTests {
    static let cases: [ComplaintCase] = [
        .bot("{ name: a, id: c }", "4:13: duplicate bot name `a`; the first is at 3:13"),
        .bot("{ name: c, id: b }", "4:20: the bot `a` at 3:20 has the same `id` and `base_url`; keep one of the two"),
        .bot(
            "{ name: c, id: b, base_url: 'HTTPS://platform.KORE.ai:443/' }",
            "4:20: the bot `a` at 3:20 has the same `id` and `base_url`; keep one of the two"
        ),
        .bot("{ id: c }", "4:5: this bot has no `name`; it becomes the `bot` label of its series"),
        .bot("{ name: c }", "4:5: this bot has no `id`; the platform shows it, as in `st-1111`"),
        .bot("{ name: , id: c }", "4:13: `name` must be a text, not nothing"),
        .bot("{ name: [c], id: c }", "4:13: `name` must be a text, not a list"),
        .bot("{ name: '', id: c }", "4:13: `name` must be a text, not an empty text"),
        .bot("{ name: ' c', id: c }", "4:13: `name` must not begin or end with a space, not ` c`"),
        .bot(#"{ name: "c\td", id: c }"#, #"4:13: `name` must not hold control characters, not `c\u{9}d`"#),
        .bot(
            "{ name: \(String(repeating: "n", count: 129)), id: c }",
            "4:13: `name` must have at most 128 characters, not `\(String(repeating: "n", count: 60))…`"
        ),
        .bot(
            "{ name: c, id: a/b }",
            "4:20: `id` must be the bot's id on the platform, such as `st-1111`, without spaces and `/`, `\\`, `?`, `#`, `%`, not `a/b`"
        ),
        .bot("{ name: c, id: c, nmae: x }", "4:23: unknown key `nmae` in a bot; did you mean `name`?"),
        .bot("{ name: c, id: c, client_id: x }", "4:23: unknown key `client_id` in a bot; it belongs in a credential"),
        .bot(
            "{ name: c, id: c, interval: 5s }",
            "4:23: unknown key `interval` in a bot; the keys are `name`, `id`, `labels`, `base_url`, `credential`, `languages`, `states`, `collectors`, `poll_interval`, `active_interval`, `max_age` and `timeout`"
        ),
        .bot(
            "{ name: c, id: c, pollInterval: 5s }",
            "4:23: unknown key `pollInterval` in a bot; did you mean `poll_interval`?"
        ),
        .bot("{ name: c, id: c, languages: en }", "4:34: `languages` must be a list, not `en`; write `[en]`"),
        .bot("{ name: c, id: c, languages: }", "4:34: `languages` must be a list, not nothing; write `[en]`"),
        .bot(
            "{ name: c, id: c, languages: [] }",
            "4:34: `languages` is an empty list; name at least one, as in `[en]`, or remove the key"
        ),
        .bot("{ name: c, id: c, languages: [en, de, en] }", "4:43: `en` stands twice in `languages`, first at 4:35"),
        .bot(
            "{ name: c, id: c, languages: [e, de_, 'a b', [x]] }",
            "4:35: `languages` must be language codes such as `en` or `pt-BR`, of 2 to 16 letters, digits, `-` and `_`, not `e`",
            "4:43: `languages` must be language codes such as `en` or `pt-BR`, of 2 to 16 letters, digits, `-` and `_`, not `a b`",
            "4:50: `languages` must be language codes such as `en` or `pt-BR`, of 2 to 16 letters, digits, `-` and `_`, not a list"
        ),
        .bot(
            "{ name: c, id: c, states: [configurd] }",
            "4:32: `states` must be `configured` or `published`, not `configurd`; did you mean `configured`?"
        ),
        .bot(
            "{ name: c, id: c, states: published }",
            "4:31: `states` must be a list, not `published`; write `[published]`"
        ),
        .bot(
            "{ name: c, id: c, collectors: [ml_training, 7] }",
            "4:49: `collectors` must be `ml_training`, `faq_training`, `ml_export` or `publish`, not `7`"
        ),
        .bot(
            "{ name: c, id: c, poll_interval: 30 }",
            "4:38: `poll_interval` must be a duration such as `30s` or `1m30s`, not `30`: the unit is missing; did you mean `30s`?"
        ),
        .bot(
            "{ name: c, id: c, poll_interval: [] }",
            "4:38: `poll_interval` must be a duration such as `30s` or `1m30s`, not a list"
        ),
        .bot("{ name: c, id: c, poll_interval: 0 }", "4:38: `poll_interval` must be at least 100ms, not `0`"),
        .bot("{ name: c, id: c, poll_interval: 2w }", "4:38: `poll_interval` must be at most 1w, not `2w`"),
        .bot("{ name: c, id: c, timeout: 6m }", "4:32: `timeout` must be at most 5m, not `6m`"),
        .bot(
            "{ name: c, id: c, active_interval: 2m }",
            "4:40: `active_interval` (2m) must not be longer than `poll_interval` (1m, its default)"
        ),
        .bot(
            "{ name: c, id: c, active_interval: 2m, poll_interval: 30s }",
            "4:40: `active_interval` (2m) must not be longer than `poll_interval` (30s, at 4:59)"
        ),
        .bot(
            "{ name: c, id: c, max_age: 1m }",
            "4:32: `max_age` (1m) must be longer than `poll_interval` (1m, its default)"
        ),
        .bot(
            "{ name: c, id: c, credential: mian }",
            "4:35: `credential` must be the name of an entry of `credentials`, not `mian`; did you mean `main`?"
        ),
        .bot(
            "{ name: c, id: c, credential: production }",
            "4:35: `credential` must be the name of an entry of `credentials`, not `production`; there is `main`"
        ),
        .bot(
            "{ name: c, id: c, labels: [a] }",
            "4:31: `labels` must be a mapping such as `{ team: cards }`, not a list"
        ),
        .bot(
            "{ name: c, id: c, labels: { bot: x, bot_id: y, base_url: z } }",
            "4:33: the label `bot` is set by the exporter itself; choose another name, such as `my_bot`",
            "4:41: the label `bot_id` is set by the exporter itself; choose another name, such as `my_bot_id`",
            "4:52: the label `base_url` is set by the exporter itself; choose another name, such as `my_base_url`"
        ),
        .bot(
            "{ name: c, id: c, labels: { __x: a, a-b: b, 1a: c, ok: , also: {} } }",
            "4:33: the label `__x` begins with `__`, which Prometheus keeps for itself; choose a name without it",
            "4:41: the label `a-b` must be made of letters, digits and `_`, and not begin with a digit",
            "4:49: the label `1a` must be made of letters, digits and `_`, and not begin with a digit",
            "4:60: the value of the label `ok` must be a text, not nothing",
            "4:68: the value of the label `also` must be a text, not a mapping"
        ),
        .bot(
            "{ name: c, id: c, labels: { job: a, instance: b, le: c, quantile: d, status: e, exported_job: f } }",
            "4:33: the label `job` is set by Prometheus itself; choose another name, such as `my_job`",
            "4:41: the label `instance` is set by Prometheus itself; choose another name, such as `my_instance`",
            "4:54: the label `le` is set by Prometheus itself; choose another name, such as `my_le`",
            "4:61: the label `quantile` is set by Prometheus itself; choose another name, such as `my_quantile`",
            "4:74: the label `status` is set by the exporter itself; choose another name, such as `my_status`",
            "4:85: the label `exported_job` begins with `exported_`, which Prometheus puts before a label that clashes with one of its own; choose a name without it"
        ),
        .bot(
            "{ name: c, id: c, labels: { jobs: a, exported: b, Status: c, my_job: d, _x: e } }"
        ),
        .bot(
            "{ name: c, id: c, labels: { a: x, a: y } }",
            "4:39: duplicate key `a`; it already stands at 4:33; keep one of the two"
        ),
        .bot(
            "{ name: c, id: !vault c }",
            "4:20: `id` has a YAML tag that is not understood; write the value itself, without `!…`"
        ),
        .bot("banking", "4:5: an entry of `bots` must be a mapping such as `name: banking`, not a text"),
        .bot(
            "{ name: c, id: c, base_url: 'https://bücher.example' }",
            "4:33: `base_url` must be a URL in ASCII, with the host as DNS has it (`xn--…`) and other letters percent-encoded, not `https://bücher.example`"
        ),
        .bot(
            "{ name: c, id: c, base_url: platform.kore.ai }",
            "4:33: `base_url` must be an http or https URL such as `https://platform.kore.ai`, not `platform.kore.ai`; did you mean `https://platform.kore.ai`?"
        ),
        .bot(
            "{ name: c, id: c, base_url: 'ftp://kore.ai' }",
            "4:33: `base_url` must be an http or https URL such as `https://platform.kore.ai`, not `ftp://kore.ai`"
        ),
        .bot(
            "{ name: c, id: c, base_url: 'https://' }",
            "4:33: `base_url` must be an http or https URL such as `https://platform.kore.ai`, not `https://`"
        ),
        .bot(
            "{ name: c, id: c, base_url: 'https://h:0' }",
            "4:33: `base_url` must be an http or https URL such as `https://platform.kore.ai`, not `https://h:0`"
        ),
        .bot(
            "{ name: c, id: c, base_url: 'https://h:65536' }",
            "4:33: `base_url` must be an http or https URL such as `https://platform.kore.ai`, not `https://h:65536`"
        ),
        .bot(
            "{ name: c, id: c, base_url: 'https://h/?a=b' }",
            "4:33: `base_url` must end before the `?` or `#`: it is the beginning of every URL"
        ),
        .bot(
            "{ name: c, id: c, base_url: 'https://h/#a' }",
            "4:33: `base_url` must end before the `?` or `#`: it is the beginning of every URL"
        ),
        .bot(
            "{ name: c, id: c, base_url: 'https://u:p4ss-word@h' }",
            "4:33: `base_url` must not hold a user or password (an `@`); the platform is told who asks by `credential`"
        ),
        .bot(
            "{ name: c, id: c, base_url: 'https://h/api/public/bot' }",
            "4:33: `base_url` must end before `/api/public`: the exporter adds the path of each call itself"
        ),
    ]

    @Test("What is wrong with a bot is said, with its place and remedy", arguments: cases)
    func complains(_ example: ComplaintCase) {
        #expect(complaints(about: example.yaml) == example.complaints)
    }
}
