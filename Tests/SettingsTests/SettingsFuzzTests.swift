import Model
import Settings
import TestSupport
import Testing

struct SettingsFuzzTests {
    /// What no complaint may show, wherever mutations move it.
    static let secrets = ["hunter2-inline", "proxy-passw0rd", "file-secret-8251", "env-secret-3310", "env-token-7741"]

    static let valid = """
        defaults: &all
          languages: [en, "de"]
          max_age: 15m
        credentials:
          - name: main
            client_id: cs-0
            client_secret: hunter2-inline
            claims: [sub, appId, exp, jti]
          - { name: file, client_id: cs, client_secret_file: /run/secrets/koreai }
          - token_env: KOREAI_TOKEN
            name: ready
        budgets: { per: bot }
        http:
          proxy_url: "http://user:proxy-passw0rd@proxy:3128"
        bots:
          - name: banking   # the first
            id: st-1
            credential: 'main'
            labels: { team: cards }
          - <<: *all
            name: cards
            id: st-2
            credential: ready
            states:
            - published
        """

    @Test("The text that is mutated is valid")
    func validText() throws {
        #expect(try parsed(Self.valid).get().bots.count == 2)
    }

    @Test("Any mutation gives settings, or complaints with a place and without a secret", arguments: 0..<8)
    func mutations(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let original = Array(Self.valid.unicodeScalars)
        let lines = Self.valid.split(separator: "\n", omittingEmptySubsequences: false).count
        for _ in 0..<500 {
            var text = original
            for _ in 0..<Int.random(in: 1...3, using: &random) { Self.mutate(&text, using: &random) }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: text)
            let yaml = String(view)
            guard case .failure(let error) = parsed(yaml) else { continue }
            let isPlaced = error.complaints.allSatisfy {
                (1...(lines + 20)).contains($0.line) && $0.column >= 1 && !$0.message.isEmpty
            }
            let shown = error.description
            let leaks = Self.secrets.filter(shown.contains)
            if error.complaints.isEmpty || !isPlaced || !leaks.isEmpty || shown.contains("\u{E000}")
                || shown.contains("u{e0")
            {
                Issue.record("seed \(seed): \(shown)\n\(yaml)")
            }
        }
    }

    /// Characters that mean something to YAML, and some that cannot stand in it.
    private static let alphabet = Array(
        "\n\n  :-#'\"[]{},&*!|>?%@`~<=\\\t\r0aé\u{0}\u{85}\u{FEFF}\u{202E}😀".unicodeScalars
    )

    private static func mutate(_ text: inout [Unicode.Scalar], using random: inout SplitMix64) {
        let place = Int.random(in: 0..<max(1, text.count), using: &random)
        guard place < text.count else { return }
        switch Int.random(in: 0..<8, using: &random) {
        case 0: text[place] = alphabet.randomElement(using: &random) ?? "x"
        case 1: text.insert(alphabet.randomElement(using: &random) ?? "x", at: place)
        case 2: text.removeSubrange(place..<min(text.count, place + Int.random(in: 1...3, using: &random)))
        case 3: text.removeSubrange(place...)
        case 4: text.swapAt(place, min(text.count - 1, place + 1))
        default: mutateLine(&text, at: place, using: &random)
        }
    }

    /// Doubles, moves, drops or indents the line at `place`.
    private static func mutateLine(_ text: inout [Unicode.Scalar], at place: Int, using random: inout SplitMix64) {
        let start = text[..<place].lastIndex(of: "\n").map { $0 + 1 } ?? 0
        let end = text[place...].firstIndex(of: "\n").map { $0 + 1 } ?? text.count
        let line = Array(text[start..<end])
        switch Int.random(in: 0..<4, using: &random) {
        case 0: text.insert(contentsOf: line, at: start)
        case 1: text.removeSubrange(start..<end)
        case 2: text.insert(contentsOf: repeatElement(" ", count: Int.random(in: 1...4, using: &random)), at: start)
        default:
            text.removeSubrange(start..<end)
            let starts = [0] + text.indices.filter { text[$0] == "\n" }.map { $0 + 1 }
            text.insert(contentsOf: line, at: starts.randomElement(using: &random) ?? 0)
        }
    }
}
