import Yams

/// Why a text cannot be read as YAML, and where.
struct YAMLProblem: Error, Hashable {
    var mark: SourceMark
    var message: String
}

extension YAMLProblem {
    /// Says in our words what libYAML found. Its own texts quote nothing of the file, and so do ours.
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

    /// What libYAML says, by the beginning of its text, and what that means for the author of the file.
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

/// How large and how tangled a configuration file may be.
///
/// Yams and libYAML recurse over the tree and hash every key, so that a small file with nested anchors could take
/// all of the stack or of the day. No real configuration comes near these limits.
enum YAMLLimits {
    /// Of the file.
    static let bytes = 4 << 20
    /// `[` and `{` inside each other.
    static let flowDepth = 32
    /// Spaces and dashes before the first word of a line.
    static let indentation = 80
    /// `&name`, anywhere in the file.
    static let anchors = 100
    /// Keys and entries that are visited, each alias counted as what it stands for: for a text of so many bytes. A
    /// text without aliases has fewer than it has bytes.
    static func visits(bytes: Int) -> Int {
        100_000 + bytes
    }

    /// `<<` inside what another `<<` brings in.
    static let mergeDepth = 4
    /// Complaints that are kept.
    static let complaints = 10_000
    /// Repeated keys that are told apart; each costs one more parse of the file.
    static let repeatedKeys = 100
}
