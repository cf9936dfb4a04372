import Model
import Yams

/// The parsed tree of a configuration file, and the problems found in it.
struct YAMLDocument {
    /// `nil` if the file is empty or cannot be parsed.
    var root: Node?
    /// The text of repeated keys at the places of their earlier ones. ``root`` has other texts there, because Yams
    /// returns no tree at all for a mapping with a repeated key.
    var repeatedKeys: [SourceMark: String] = [:]
    var problems: [YAMLProblem] = []
    /// The size of the text in bytes.
    let bytes: Int

    /// Parses `text`, which may begin with a byte order mark.
    init(_ text: String) {
        bytes = text.utf8.count
        var text = text
        if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
        guard bytes <= YAMLLimits.bytes else {
            problems = [YAMLProblem(mark: .start, message: "the file is larger than \(YAMLLimits.bytes >> 20) MiB")]
            return
        }
        if let problem = YAMLPreflight.problem(in: text) {
            problems = [problem]
            return
        }
        while true {
            do {
                try compose(text)
                return
            } catch let YamlError.duplicatedKeysInMapping(duplicates, context) {
                let mark = SourceMark(context.mark)
                let key = duplicates.first ?? ""
                guard repeatedKeys.count < YAMLLimits.repeatedKeys,
                    let renamed = RepeatedKey(text: key, mark: mark).renamed(in: text, number: repeatedKeys.count)
                else {
                    problems.append(
                        YAMLProblem(
                            mark: mark,
                            message: "the key \(Quotation.quoted(key)) stands more than once in this mapping"
                        )
                    )
                    return
                }
                repeatedKeys[mark] = key
                text = renamed
            } catch {
                problems.append(YAMLProblem(error, in: text))
                return
            }
        }
    }

    /// Parses the first document, and complains if there is a second one.
    private mutating func compose(_ text: String) throws {
        // Plain words stay text (`no` is the language code of Norwegian): the settings decide on the types.
        let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
        root = try parser.nextRoot()
        guard root != nil else { return }
        do {
            guard let second = try parser.nextRoot() else { return }
            problems.append(
                YAMLProblem(
                    mark: second.mark.map(SourceMark.init) ?? .start,
                    message:
                        "a second YAML document begins here; the settings are one document, so remove the `---` before it"
                )
            )
        } catch let YamlError.duplicatedKeysInMapping(_, context) {
            problems.append(
                YAMLProblem(
                    mark: SourceMark(context.mark),
                    message:
                        "a second YAML document stands here; the settings are one document, so remove the `---` before it"
                )
            )
        }
    }
}

extension SourceMark {
    init(_ mark: Mark) {
        self.init(line: max(1, mark.line), column: max(1, mark.column))
    }
}

/// A key that is repeated in one mapping, and the place of an earlier one.
struct RepeatedKey {
    var text: String
    var mark: SourceMark

    /// The file with this key replaced by a unique word of the same length, so that the file can be parsed and all
    /// places stay true. `nil` if the key is written with escapes or tags.
    ///
    /// - Parameter number: Makes the word unique; below ``YAMLLimits/repeatedKeys``.
    func renamed(in file: String, number: Int) -> String? {
        let lines = YAMLLines(file)
        guard !text.isEmpty, let unique = Unicode.Scalar(UInt32(0xE000 + number)), var start = lines.index(of: mark)
        else { return nil }
        if lines.text[start] == "\"" || lines.text[start] == "'" { start += 1 }
        let end = start + text.unicodeScalars.count
        guard end <= lines.text.count, lines.text[start..<end].elementsEqual(text.unicodeScalars) else { return nil }

        var result = String.UnicodeScalarView(lines.text[..<start])
        result.append(unique)
        result.append(contentsOf: repeatElement("\u{F8FF}", count: end - start - 1))
        result.append(contentsOf: lines.text[end...])
        return String(result)
    }
}

/// A place in the configuration file. Lines and columns start at 1; a column counts Unicode scalars, as in libYAML.
package struct SourceMark: Sendable, Hashable, Comparable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The first character of the file.
    package static let start = SourceMark(line: 1, column: 1)

    package static func < (left: SourceMark, right: SourceMark) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// The lines of a text as libYAML counts them: it knows more line ends than most editors.
struct YAMLLines {
    let text: [Unicode.Scalar]
    /// The index at which each line begins; never empty.
    private let starts: [Int]

    init(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        var starts = [0]
        for index in scalars.indices where Self.endsLine(scalars, at: index) { starts.append(index + 1) }
        self.text = scalars
        self.starts = starts
    }

    /// Whether a line ends with this character. In CR LF only the LF ends it.
    static func endsLine(_ text: [Unicode.Scalar], at index: Int) -> Bool {
        switch text[index] {
        case "\n", "\u{85}", "\u{2028}", "\u{2029}": true
        case "\r": index + 1 == text.count || text[index + 1] != "\n"
        default: false
        }
    }

    /// The index of the character at a place; `nil` if the text has none there.
    func index(of mark: SourceMark) -> Int? {
        guard mark.line >= 1, mark.line <= starts.count, mark.column >= 1 else { return nil }
        let (index, isTooLarge) = starts[mark.line - 1].addingReportingOverflow(mark.column - 1)
        let end = mark.line < starts.count ? starts[mark.line] : text.count
        return !isTooLarge && index < end ? index : nil
    }

    /// The place, at most the end of the text: libYAML counts a line too many if the last one has no line end.
    func clamped(_ mark: SourceMark) -> SourceMark {
        mark.line > starts.count ? end : mark
    }

    /// The place after the last character.
    var end: SourceMark {
        SourceMark(line: starts.count, column: text.count - (starts.last ?? 0) + 1)
    }
}
