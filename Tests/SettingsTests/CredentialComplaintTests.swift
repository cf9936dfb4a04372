import Testing

struct CredentialComplaintTests {
    static let cases: [ComplaintCase] = [
        .credential(
            "{ name: main }",
            "3:5: this credential has nothing to make tokens from; add `client_id` and `client_secret_file`, or `token_file`"
        ),
        .credential(
            "{ name: main, client_id: a }",
            "3:30: `client_id` needs one of `client_secret_file`, `client_secret_env` and `client_secret`"
        ),
        .credential("{ name: main, client_secret: s3cr3t }", "3:34: `client_secret` needs `client_id`"),
        .credential(
            "{ client_id: a, client_secret: s3cr3t }",
            "3:5: this credential has no `name`; bots refer to it by that"
        ),
        .credential(
            "{ name: main, client_id: a, client_secret: }",
            "3:48: `client_secret` must be a text, not nothing"
        ),
        .credential(
            "{ name: main, client_id: a, client_secret: '' }",
            "3:48: `client_secret` is empty; it must hold the secret"
        ),
        .credential(
            "{ name: main, client_id: a, client_secret: '${KOREAI_SECRET}' }",
            "3:48: `client_secret` is the name of a variable and not the secret: variables are not expanded; write `client_secret_env: KOREAI_SECRET` instead"
        ),
        .credential(
            "{ name: main, client_id: a, client_secret: $(KOREAI_SECRET) }",
            "3:48: `client_secret` is the name of a variable and not the secret: variables are not expanded; write `client_secret_env: KOREAI_SECRET` instead"
        ),
        .credential(
            "{ name: main, client_id: '${KOREAI_ID}', client_secret: s3cr3t }",
            "3:30: `client_id` must be the value itself, as variables are not expanded, not `${KOREAI_ID}`"
        ),
        .credential(
            "{ name: main, client_id: a, client_secret_file: /marked }",
            "3:53: `client_secret_file`: the file `/marked` begins with a byte-order mark (U+FEFF), which would be sent with the secret; remove it"
        ),
        .credential(
            #"{ name: main, client_id: a, client_secret: "s3cr3t\u200B" }"#,
            "3:48: `client_secret` ends with an invisible character (U+200B), which would be sent with the secret; remove it"
        ),
        .credential(
            "{ name: main, client_id: a, client_secret: [s3cr3t] }",
            "3:48: `client_secret` must be a text, not a list"
        ),
        .credential(
            #"{ name: main, client_id: a, client_secret: "one\ntwo" }"#,
            "3:48: `client_secret` holds more than one line; it must hold the secret and nothing else"
        ),
        .credential(
            "{ name: main, client_id: a, client_secret: !s3cr3t s3cr3t }",
            "3:48: `client_secret` has a YAML tag that is not understood; write the value itself, without `!…`"
        ),
        .credential(
            "{ name: main, client_id: a, client_secret: s3cr3t, client_secret_env: KOREAI_SECRET }",
            "3:75: `client_secret` and `client_secret_env` exclude each other; keep one"
        ),
        .credential(
            "{ name: main, client_id: a, token_file: /run/secrets/token }",
            "3:45: a ready token (`token_file`) and `client_id` exclude each other; keep one way"
        ),
        .credential(
            "{ name: main, token_file: /run/secrets/token, token_env: KOREAI_TOKEN }",
            "3:62: `token_file` and `token_env` exclude each other; keep one"
        ),
        .credential(
            "{ name: main, token_file: /run/secrets/token, algorithm: HS256, token_lifetime: 1h }",
            "3:62: `algorithm` has no effect on a ready token (`token_file`); remove it",
            "3:85: `token_lifetime` has no effect on a ready token (`token_file`); remove it"
        ),
        .credential("{ name: main, token_file: none }", "3:31: `token_file`: the file `/conf/none` does not exist"),
        .credential("{ name: main, token_file: /empty }", "3:31: `token_file`: the file `/empty` is empty"),
        .credential(
            "{ name: main, token_file: /directory }",
            "3:31: `token_file`: the file `/directory` is a directory, not a file"
        ),
        .credential(
            "{ name: main, token_env: NOT_SET }",
            "3:30: `token_env`: the environment variable `NOT_SET` is not set"
        ),
        .credential(
            "{ name: main, token_env: EMPTY }",
            "3:30: `token_env`: the environment variable `EMPTY` is empty; it must hold the secret"
        ),
        .credential(
            "{ name: main, token_env: BEARER }",
            "3:30: `token_env`: the token must not hold spaces; leave out words such as `Bearer`"
        ),
        .credential(
            "{ name: main, token_env: ey.J0-x }",
            "3:30: `token_env` must be the name of an environment variable, of letters, digits and `_`, such as `KOREAI_SECRET`"
        ),
        .credential(
            "{ name: main, client_id: a, client_secret_file: /forbidden }",
            "3:53: `client_secret_file`: the file `/forbidden` cannot be read: permission denied"
        ),
        .credential(
            "{ name: main, client_id: a, client_secret_file: /newline }",
            "3:53: `client_secret_file`: the file `/newline` is empty; it must hold the secret"
        ),
        .credential(
            "{ name: main, client_id: a, client_secret_file: /lines }",
            "3:53: `client_secret_file`: the file `/lines` holds more than one line; it must hold the secret and nothing else"
        ),
        .credential(
            "{ name: main, client_id: a, client_secret_file: /huge }",
            "3:53: `client_secret_file`: the file `/huge` is larger than 64 KiB; it must hold the secret and nothing else"
        ),
        .credential(
            "{ name: main, client_id: a, client_secret_file: /binary }",
            "3:53: `client_secret_file`: the file `/binary` is not a UTF-8 text"
        ),
        .credential(
            "{ name: main, client_id: a, client_secret: s3cr3t, algorithm: hs256 }",
            "3:67: `algorithm` must be `HS256`, `HS384` or `HS512`, not `hs256`; did you mean `HS256`?"
        ),
        .credential(
            "{ name: main, client_id: a, client_secret: s3cr3t, claims: [iss, jti] }",
            "3:64: `claims` must hold `sub` and `appId`; add `sub` and `appId`",
            "3:64: `claims` with `jti` must hold `exp` too: the platform limits how long such a token lives"
        ),
        .credential(
            "{ name: main, client_id: a, client_secret: s3cr3t, claims: [sub, appid, exp] }",
            "3:70: `claims` must be `sub`, `appId`, `iss`, `aud`, `iat`, `exp` or `jti`, not `appid`; did you mean `appId`?"
        ),
        .credential(
            "{ name: main, client_id: a, client_secret: s3cr3t, claims: [sub, appId, exp, jti], token_lifetime: 2h }",
            "3:104: `token_lifetime` must be at most 1h where `claims` has `jti`, not `2h`"
        ),
        .credential(
            "{ name: main, client_id: a, client_secret: s3cr3t, token_lifetime: 25h }",
            "3:72: `token_lifetime` must be at most 1d, not `25h`"
        ),
        .credential(
            "{ name: main, client_id: a, client_secret: s3cr3t, token_lifetime: 9s }",
            "3:72: `token_lifetime` must be at least 10s, not `9s`"
        ),
        .credential(
            "{ name: main, client_id: a, client_secrt: s3cr3t-value }",
            "3:30: `client_id` needs one of `client_secret_file`, `client_secret_env` and `client_secret`",
            "3:33: unknown key `client_secrt` in a credential; did you mean `client_secret`?"
        ),
        .credential(
            "{ name: main, client_id: a, client_secret: b }\n  - { name: main, client_id: a, client_secret: b }",
            "4:13: duplicate credential name `main`; the first is at 3:13"
        ),
        .credential(
            "s3cr3t-value",
            "3:5: an entry of `credentials` must be a mapping such as `name: main`, not a text"
        ),
        ComplaintCase(
            "credentials: [{ name: a, token_env: KOREAI_TOKEN }, { name: b, token_env: KOREAI_TOKEN }]\nbots: [{ name: x, id: x }]",
            "2:8: this bot names no `credential`, and there are 2: `a` and `b`; set it here or in `defaults`"
        ),
        ComplaintCase(
            "credentials: [{ name: a, token_env: KOREAI_TOKEN }]\ndefaults: { credential: b }\nbots: [{ name: x, id: x }, { name: y, id: y }]",
            "2:25: `credential` must be the name of an entry of `credentials`, not `b`; did you mean `a`?"
        ),
    ]

    @Test("What is wrong with a credential is said, with its place and remedy", arguments: cases)
    func complains(_ example: ComplaintCase) {
        let found = complaints(about: example.yaml)
        #expect(found == example.complaints)
        #expect(!found.contains { $0.contains("s3cr3t") })
    }
}
