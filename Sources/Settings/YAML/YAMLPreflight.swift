/// Looks over the text before libYAML reads it, and refuses what would make the reading unbounded: deep nesting, many
/// anchors, and keys that are not plain text (an alias as a key makes Yams hash all that it stands for).
///
/// It knows just enough YAML for that: quotes, comments, block scalars and brackets.
struct YAMLPreflight {
    /// With `\n` at the end of every line.
    let text: [Unicode.Scalar]
    var index = 0
    var line = 1
    var lineStart = 0
    var anchors = 0
    /// For each open bracket whether it is a `{`, and then whether a key comes next.
    var brackets: [(isMapping: Bool, isAtKey: Bool)] = []

    init(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        // One kind of line end is enough to look for; the places stay the same.
        let isPlain = text.utf8.allSatisfy { $0 < 0x80 && $0 != 0x0D }
        self.text = isPlain ? scalars : scalars.indices.map { YAMLLines.endsLine(scalars, at: $0) ? "\n" : scalars[$0] }
    }

    /// The first thing that is refused, if any.
    static func problem(in text: String) -> YAMLProblem? {
        var preflight = YAMLPreflight(text)
        do throws(YAMLProblem) {
            try checkCharacters(of: text)
            try preflight.scan()
            return nil
        } catch {
            return error
        }
    }
}

extension YAMLPreflight {
    var mark: SourceMark {
        SourceMark(line: line, column: index - lineStart + 1)
    }

    func peek(_ distance: Int = 0) -> Unicode.Scalar? {
        let position = index + distance
        return position >= 0 && position < text.count ? text[position] : nil
    }

    /// Whether what stands there ends a word: a space, the end of the line or of the text.
    func isBlank(_ distance: Int) -> Bool {
        switch peek(distance) {
        case nil, " ", "\t", "\n", "\r": true
        default: false
        }
    }

    mutating func advance() {
        if peek() == "\n" {
            line += 1
            lineStart = index + 1
        }
        index += 1
    }

    mutating func skipLine() {
        while let scalar = peek(), scalar != "\n" { advance() }
    }
}
