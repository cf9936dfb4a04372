import Yams

/// The reason why a text is not valid YAML, and the place.
struct YAMLProblem: Error, Hashable {
    var mark: SourceMark
    var message: String
}

extension YAMLProblem {
    /// Rewrites an error of libYAML. Neither its text nor the new one quotes the file.
    init(_ error: any Error, in text: String) {
        switch error {
        case YamlError.scanner(let context, let problem, let mark, _),
            YamlError.parser(let context, let problem, let mark, _),
            YamlError.composer(let context, let problem, let mark, _):
            let lines = YAMLLines(text)
            let place = lines.clamped(SourceMark(mark))
            self.init(mark: place, message: Self.sentence(problem, at: place, context: context, in: lines))
        case YamlError.reader(let problem, _, _, _):
            self.init(mark: .start, message: "this is not a YAML text: \(problem)")
        case YamlError.memory:
            self.init(mark: .start, message: "the YAML text is too large or too deeply nested to be read")
        default:
            self.init(mark: .start, message: "this is not a YAML text")
        }
    }

    /// Our sentences for libYAML's errors, by the beginning of libYAML's text.
    private static let remedies: [(problem: String, remedy: String)] = [
        (
            "mapping values are not allowed",
            "a `:` is not allowed here; check the indentation, or quote a value that holds `: `"
        ),
        ("could not find expected ':'", "expected `key: value`, but there is no `:` after the key"),
        ("did not find expected key", "expected a key here; check that the indentation is that of the keys above"),
        ("did not find expected '-' indicator", "expected a `- ` of the list here; check the indentation"),
        ("block sequence entries are not allowed", "a list cannot begin here; put its first `- ` on a line of its own"),
        ("did not find expected ',' or ']'", "expected `,` or `]`: the list between brackets is not closed"),
        ("did not find expected ',' or '}'", "expected `,` or `}`: the mapping between braces is not closed"),
        ("found unexpected end of stream", "the file ends inside a quoted text; close it"),
        ("found undefined alias", "this alias names no anchor (`&name`) that stands above it"),
        (
            "found unknown escape character",
            "this is not an escape of YAML; use single quotes, or write `\\\\` for a backslash"
        ),
        ("found a tab character", "a tab cannot indent; use spaces"),
        ("Maximum nesting level", "values are nested too deeply here"),
        ("found undefined tag handle", "this tag is not known; quote a value that begins with `!`"),
    ]

    private static func sentence(
        _ problem: String,
        at mark: SourceMark,
        context: YamlError.Context?,
        in lines: YAMLLines
    ) -> String {
        var sentence = remedies.first { problem.hasPrefix($0.problem) }?.remedy
        if problem.hasPrefix("found character that cannot start any token") {
            sentence =
                lines.index(of: mark).map { lines.text[$0] } == "\t"
                ? "a tab cannot indent; use spaces"
                : "a value cannot begin with this character; put the value between quotes"
        }
        var message = sentence ?? "this is not valid YAML: \(problem)"
        if let start = context.map({ SourceMark($0.mark) }), start < mark {
            message += " (what is read here began at \(start.line):\(start.column))"
        }
        return message
    }
}

/// The limits for the size and complexity of a configuration file.
///
/// Yams and libYAML recurse over the tree and hash every key, so a small file with nested anchors could use up the
/// stack or run for hours. No real configuration comes near these limits.
enum YAMLLimits {
    /// Bytes of the file.
    static let bytes = 4 << 20
    /// Nested `[` and `{`.
    static let flowDepth = 32
    /// Columns of spaces and dashes before the first word of a line.
    static let indentation = 80
    /// Anchors (`&name`) in the whole file.
    static let anchors = 100
    /// Keys and entries that are visited in a text of this size. Each alias counts as everything it stands for; a text
    /// without aliases has fewer keys and entries than bytes.
    static func visits(bytes: Int) -> Int {
        100_000 + bytes
    }

    /// `<<` nested in what another `<<` brings in.
    static let mergeDepth = 4
    /// Complaints that are kept.
    static let complaints = 10_000
    /// Repeated keys that are handled; each one costs another parse of the file.
    static let repeatedKeys = 100
}
