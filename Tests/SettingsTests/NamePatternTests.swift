import Settings
import Testing

struct NamePatternTests {
    @Test(
        "`*` is any text, `?` one character, anything else itself",
        arguments: [
            ("*", "", true), ("*", "Banking", true), ("Bank*", "Banking", true), ("Bank*", "My Bank", false),
            ("*bank*", "my bank of x", true), ("B?nk", "Bank", true), ("B?nk", "Bnk", false), ("Bank", "bank", false),
            ("*a*b", "aaab", true), ("*a*b", "aaba", false), ("a.c", "abc", false), ("[x]", "[x]", true),
            ("?", "é", true),
            ("", "", true), ("", "x", false),
        ]
    )
    func matching(pattern: String, name: String, matches: Bool) {
        #expect(NamePattern(pattern).matches(name) == matches)
    }

    @Test("a pattern of many stars takes no time to fail")
    func hostile() {
        let pattern = NamePattern(String(repeating: "*a", count: 60) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 2000)))
    }
}
