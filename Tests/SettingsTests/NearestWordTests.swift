import Testing

@testable import Settings

struct NearestWordTests {
    static let keys = [
        "poll_interval", "active_interval", "max_age", "timeout", "name", "id", "labels", "token_file", "token_env",
    ]

    @Test(
        "The key that was meant is found",
        arguments: [
            ("pol_interval", "poll_interval"), ("poll-interval", "poll_interval"), ("pollInterval", "poll_interval"),
            ("interval_poll", nil), ("tiemout", "timeout"), ("nmae", "name"), ("di", "id"), ("Labels", "labels"),
            ("maxage", "max_age"), ("token", "token_env"), ("banana", nil), ("", nil), ("x", nil),
            (String(repeating: "timeout", count: 5000), nil),
        ] as [(String, String?)]
    )
    func finds(_ word: String, nearest: String?) {
        #expect(NearestWord.nearest(to: word, among: Self.keys) == nearest)
    }

    @Test(
        "Distances count insertions, deletions, exchanges and swaps of neighbours",
        arguments: [
            ("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1),
            ("kitten", "sitting", 3),
            ("ca", "abc", 3),
        ]
    )
    func distances(_ left: String, _ right: String, distance: Int) {
        #expect(NearestWord.distance(Array(left.unicodeScalars), Array(right.unicodeScalars)) == distance)
    }
}
