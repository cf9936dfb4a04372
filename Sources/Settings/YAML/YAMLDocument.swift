import Yams

/// The tree of a configuration file, as far as it could be read.
struct YAMLDocument {
    /// `nil` where the file is empty or cannot be read.
    var root: Node?
    /// Keys that stand twice in one mapping: where an earlier one stands and what it reads. In ``root`` it has
    /// another text, because Yams gives no tree at all for a mapping with a repeated key.
    var repeatedKeys: [SourceMark: String] = [:]
    var problems: [YAMLProblem] = []
    /// How large the text is.
    let bytes: Int

    /// Reads `text`, which may begin with a byte order mark.
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

    /// Reads the first document and looks whether there is a second.
    private mutating func compose(_ text: String) throws {
        // Plain words stay text (`no` is Norwegian): the settings know which type they want.
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
