/// The lines of a text as libYAML counts them, which knows more line ends than most editors.
struct YAMLLines {
    let text: [Unicode.Scalar]
    /// Where each line begins; there is always one.
    private let starts: [Int]

    init(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        var starts = [0]
        for index in scalars.indices where Self.endsLine(scalars, at: index) { starts.append(index + 1) }
        self.text = scalars
        self.starts = starts
    }

    /// Whether a line ends with this character. Of the pair CR LF only the second does.
    static func endsLine(_ text: [Unicode.Scalar], at index: Int) -> Bool {
        switch text[index] {
        case "\n", "\u{85}", "\u{2028}", "\u{2029}": true
        case "\r": index + 1 == text.count || text[index + 1] != "\n"
        default: false
        }
    }

    /// The index of the character at a place, or `nil` where the text has none there.
    func index(of mark: SourceMark) -> Int? {
        guard mark.line >= 1, mark.line <= starts.count, mark.column >= 1 else { return nil }
        let (index, isTooLarge) = starts[mark.line - 1].addingReportingOverflow(mark.column - 1)
        let end = mark.line < starts.count ? starts[mark.line] : text.count
        return !isTooLarge && index < end ? index : nil
    }

    /// The place, or the end of the text where that comes before: libYAML counts one line more where the last has no
    /// line end.
    func clamped(_ mark: SourceMark) -> SourceMark {
        mark.line > starts.count ? end : mark
    }

    /// The place behind the last character.
    var end: SourceMark {
        SourceMark(line: starts.count, column: text.count - (starts.last ?? 0) + 1)
    }
}
