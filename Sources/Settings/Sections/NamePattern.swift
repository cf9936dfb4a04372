/// A pattern for names: `*` matches any text, `?` one character, anything else itself.
package struct NamePattern: Sendable, Hashable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package func matches(_ name: String) -> Bool {
        let (pattern, name) = (Array(text), Array(name))
        var (p, n) = (0, 0)
        // Where to continue if the text after the last `*` does not match.
        var star: (p: Int, n: Int)?
        while n < name.count {
            if p < pattern.count, pattern[p] == "*" {
                star = (p, n)
                p += 1
            } else if p < pattern.count, pattern[p] == "?" || pattern[p] == name[n] {
                p += 1
                n += 1
            } else if let (starP, starN) = star {
                star = (starP, starN + 1)
                (p, n) = (starP + 1, starN + 1)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == "*" }
    }
}
