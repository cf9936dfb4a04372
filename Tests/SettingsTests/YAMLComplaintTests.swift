import Testing

@testable import Settings

struct YAMLComplaintTests {
    static let cases: [ComplaintCase] = [
        ComplaintCase("\tbots: 1", "1:1: a tab cannot indent; use spaces"),
        ComplaintCase("bots: 'x", "1:9: the file ends inside a quoted text; close it (what is read here began at 1:7)"),
        ComplaintCase(
            "bots: [a, b",
            "1:12: expected `,` or `]`: the list between brackets is not closed (what is read here began at 1:7)"
        ),
        ComplaintCase(
            "bots: {a: b",
            "1:12: expected `,` or `}`: the mapping between braces is not closed (what is read here began at 1:7)"
        ),
        ComplaintCase(
            "bots:\n  a: b: c\n",
            "2:7: a `:` is not allowed here; check the indentation, or quote a value that holds `: `"
        ),
        ComplaintCase(
            "bots:\n  a: b\n c: d\n",
            "3:2: expected a key here; check that the indentation is that of the keys above (what is read here began at 1:1)"
        ),
        ComplaintCase(
            "bots:\n- a\nhello\n",
            "4:1: expected `key: value`, but there is no `:` after the key (what is read here began at 3:1)"
        ),
        ComplaintCase("bots: @x", "1:7: a value cannot begin with this character; put the value between quotes"),
        ComplaintCase("bots: *none", "1:7: this alias names no anchor (`&name`) that stands above it"),
        ComplaintCase(
            "bots: \"\\q\"",
            "1:8: this is not an escape of YAML; use single quotes, or write `\\\\` for a backslash (what is read here began at 1:7)"
        ),
        ComplaintCase(
            "bots: a\u{7}b",
            "1:8: the character U+0007 cannot stand in YAML; remove it, or write it as an escape in double quotes"
        ),
        ComplaintCase(
            "# ü\n\u{0}",
            "2:1: the character U+0000 cannot stand in YAML; remove it, or write it as an escape in double quotes"
        ),
        ComplaintCase("? [a]\n: b", "1:1: a key must be plain text, as in `key: value`"),
        ComplaintCase("x-a: &a [1]\n*a : 2", "2:4: a key must be plain text, as in `key: value`"),
        ComplaintCase("{[a]: b}", "1:2: a key must be plain text, as in `key: value`"),
        ComplaintCase("[a]: b", "1:4: a key must be plain text, as in `key: value`"),
        ComplaintCase("x-a: &a [1]\nhttp: {b: c, *a}", "2:14: a key must be plain text, as in `key: value`"),
        ComplaintCase(
            String(repeating: "[", count: 100_000),
            "1:33: more than 32 brackets stand inside each other here"
        ),
        ComplaintCase(
            String(repeating: "- ", count: 100_000),
            "1:200001: this line is indented by more than 80 columns; no key lies that deep"
        ),
        ComplaintCase(
            String(repeating: "&a x\n", count: 101),
            "101:1: the file has more than 100 anchors; put what is shared into `defaults`"
        ),
        ComplaintCase(String(repeating: "#\n", count: (2 << 20) + 1), "1:1: the file is larger than 4 MiB"),
        .top(
            "---\nx: 1",
            "4:1: a second YAML document begins here; the settings are one document, so remove the `---` before it"
        ),
        .top(
            "---\nx: 1\nx: 2",
            "4:1: a second YAML document stands here; the settings are one document, so remove the `---` before it"
        ),
        .top(
            "...\n---\n",
            "5:1: a second YAML document begins here; the settings are one document, so remove the `---` before it"
        ),
        .top(
            "http: {}\n\"http\": {}\nhttp: {}\n",
            "4:1: duplicate key `http`; it already stands at 3:1; keep one of the two",
            "5:1: duplicate key `http`; it already stands at 3:1; keep one of the two"
        ),
        .top(
            "defaults: { !!str timeout: 3s, timeout: 4s }",
            "3:13: the key `timeout` stands more than once in this mapping"
        ),
    ]

    @Test("What is not YAML, or too much of it, is said with its place", arguments: cases)
    func complains(_ example: ComplaintCase) {
        #expect(complaints(about: example.yaml) == example.complaints)
    }

    @Test("Aliases that stand for very many values end the reading")
    func billionLaughs() {
        var merges = "x-0: &a0 { a: b }\n"
        for level in 1...4 {
            let aliases = (0..<100).map { _ in "*a\(level - 1)" }.joined(separator: ", ")
            merges += "x-\(level): &a\(level) { <<: [\(aliases)] }\n"
        }
        let found = complaints(about: merges + "defaults: *a4\nbots: [*a4]\n")
        #expect(found.contains { $0.contains("the aliases of this file stand for more than 10") })

        var nested = "x-0: &a0 { a: b }\n"
        for level in 1...20 {
            nested += "x-\(level): &a\(level) { <<: [*a\(level - 1), *a\(level - 1)] }\n"
        }
        #expect(complaints(about: nested + "http: *a20\n").contains { $0.contains("`<<` is nested more than 4 times") })

        var lists = "x-0: &a0 [x]\n"
        for level in 1...30 {
            lists += "x-\(level): &a\(level) [" + (0..<10).map { _ in "*a\(level - 1)" }.joined(separator: ", ") + "]\n"
        }
        #expect(
            complaints(about: lists + "bots: *a30\n").contains { $0.contains("an entry of `bots` must be a mapping") }
        )
    }

    @Test("Ninety-nine anchors in each other are read and released without exhausting the stack")
    func deepAnchors() {
        let open = String(repeating: "[", count: 31)
        let close = String(repeating: "]", count: 31)
        var yaml = "x-0: &a0 x\n"
        for level in 1...99 {
            yaml += "x-\(level): &a\(level) \(open)*a\(level - 1)\(close)\n"
        }
        #expect(complaints(about: yaml + "bots: *a99\n").contains { $0.contains("an entry of `bots`") })
    }

    @Test("Each of many repeated keys is found, up to the limit")
    func manyRepeatedKeys() {
        let keys = (0..<90).map { "k\($0): 1\n" }.joined()
        let found = complaints(about: "http:\n" + (keys + keys).split(separator: "\n").map { "  \($0)\n" }.joined())
        #expect(found.count { $0.contains("duplicate key") } == 90)
        #expect(found.contains("92:3: duplicate key `k0`; it already stands at 2:3; keep one of the two"))
    }
}
