import Model
import Testing

@testable import Settings

struct RedactionTests {
    @Test(
        "What looks like a secret in a text is taken out of complaints",
        arguments: [
            ("client_secret: hunter2", "hunter2"), ("  - client_secret : 'hunter2' # old", "hunter2"),
            ("- { name: a, client_secret: hunter2, x: y }", "hunter2"),
            ("{ \"client_secret\": \"hunter2\" }", "hunter2"),
            ("Token: abc.def", "abc.def"), ("my_password: pässword", "pässword"),
            ("proxy_url: http://user:swordfish@proxy:1", "swordfish"),
            ("proxy_url: 'http:/x/user:swordfish@proxy:1'", "swordfish"),
        ]
    )
    func finds(_ text: String, secret: String) {
        var redaction = Redaction()
        redaction.hideSecrets(in: text)
        let message = redaction.redacted("unknown key `\(secret)` here")
        #expect(!message.contains(secret))
        #expect(message.contains("<redacted>"))
    }

    @Test("A secret that the end of a long word cuts off is taken out too", arguments: 4...19)
    func cut(_ length: Int) {
        let secret = "swordfish-0123456789"
        var redaction = Redaction()
        redaction.hide(secret)
        let message = "the file `/a/\(secret.prefix(length))…` and `…` do not exist"
        #expect(redaction.redacted(message) == "the file `/a/<redacted>…` and `…` do not exist")
    }

    @Test(
        "Other values stay readable",
        arguments: ["token_lifetime: 3600s", "client_secret_file: /run/secrets/x", "token_env: NAME", "name: main"]
    )
    func keeps(_ text: String) {
        var redaction = Redaction()
        redaction.hideSecrets(in: text)
        #expect(redaction.redacted("3600s /run/secrets/x NAME main") == "3600s /run/secrets/x NAME main")
    }

    @Test("A secret that reaches another key by an alias is not shown")
    func alias() {
        let yaml = """
            credentials: [{ name: main, client_id: a, client_secret: &s "hunter2-alias" }]
            bots: [{ name: a, id: b, credential: *s, poll_interval: *s }]
            """
        let found = complaints(about: yaml)
        #expect(found.count == 2)
        #expect(found.allSatisfy { !$0.contains("hunter2") && $0.contains("<redacted>") })
    }

    @Test("Printing the settings shows no secret and no proxy password")
    func printing() throws {
        let settings = try parsed(ValidSettingsTests.whole).get()
        var dumped = ""
        dump(settings, to: &dumped)
        for text in ["\(settings)", String(reflecting: settings), "\(settings.http)", dumped] {
            for secret in ["file-secret-8251", "env-secret-3310", "env-token-7741", "proxy-password"] {
                #expect(!text.contains(secret))
            }
        }
    }

    @Test("A word is quoted on one line, cut, and without characters that move the cursor or turn the text")
    func quoting() {
        #expect(Quotation.quoted("a\n\u{1B}[31m\u{202E}b") == #"`a\u{a}\u{1b}[31m\u{202e}b`"#)
        #expect(Quotation.quoted(String(repeating: "x", count: 61)) == "`" + String(repeating: "x", count: 60) + "…`")
        #expect(Quotation.list(["a"]) == "`a`")
        #expect(Quotation.list(["a", "b", "c"]) == "`a`, `b` and `c`")
        #expect(Quotation.choice(["a", "b", "c"]) == "`a`, `b` or `c`")
    }
}
