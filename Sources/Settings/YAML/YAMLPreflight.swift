/// Checks the text before libYAML reads it, and refuses what could make the reading endless: deep nesting, many
/// anchors, and keys that are not plain text (for an alias as a key, Yams hashes everything it stands for).
///
/// It understands only the YAML that it needs: quotes, comments, block scalars and brackets.
struct YAMLPreflight {
    /// The text with each line end replaced by `\n`.
    let text: [Unicode.Scalar]
    var index = 0
    var line = 1
    var lineStart = 0
    var anchors = 0
    /// Whether each open bracket is a `{`, and whether a key comes next in it.
    var brackets: [(isMapping: Bool, isAtKey: Bool)] = []

    init(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        // With one kind of line end the scan is simpler; the places stay the same.
        let isPlain = text.utf8.allSatisfy { $0 < 0x80 && $0 != 0x0D }
        self.text = isPlain ? scalars : scalars.indices.map { YAMLLines.endsLine(scalars, at: $0) ? "\n" : scalars[$0] }
    }

    /// The first problem; `nil` if there is none.
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

    /// Whether a word ends at this distance: with a space, a line end or the end of the text.
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

extension YAMLPreflight {
    /// Whether YAML allows the character. Source: YAML 1.1, section 5.1.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF:
            scalar.value != 0xFEFF
        default: false
        }
    }

    /// Refuses characters that libYAML would refuse without a place.
    static func checkCharacters(of text: String) throws(YAMLProblem) {
        guard let index = text.unicodeScalars.firstIndex(where: { !isPrintable($0) }) else { return }
        let code = String(text.unicodeScalars[index].value, radix: 16, uppercase: true)
        let padded = String(repeating: "0", count: max(0, 4 - code.count)) + code
        throw YAMLProblem(
            mark: YAMLLines(String(text.unicodeScalars[..<index])).end,
            message:
                "the character U+\(padded) cannot stand in YAML; remove it, or write it as an escape in double quotes"
        )
    }
}

extension YAMLPreflight {
    mutating func skipName() {
        while let scalar = peek(), scalar.isASCII,
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "_" || scalar == "-"
        {
            advance()
        }
    }

    mutating func skipDoubleQuoted() {
        advance()
        while let scalar = peek(), scalar != "\"" {
            advance()
            if scalar == "\\", peek() != nil { advance() }
        }
        if peek() != nil { advance() }
    }

    mutating func skipSingleQuoted() {
        advance()
        while let scalar = peek() {
            advance()
            if scalar == "'" {
                guard peek() == "'" else { return }
                advance()
            }
        }
    }

    mutating func skipPlain() {
        while let scalar = peek() {
            if scalar == "\n" { return }
            if scalar == ":", isBlank(1) { return }
            if scalar == "#", index > lineStart, let before = peek(-1), before == " " || before == "\t" { return }
            if !brackets.isEmpty, ",[]{}".unicodeScalars.contains(scalar) { return }
            advance()
        }
    }

    /// Skips a `|` or `>` scalar: all lines that are indented further than its key or dash.
    mutating func skipBlockScalar() {
        let indent = blockScalarIndent()
        skipLine()
        while peek() == "\n" {
            var spaces = 1
            while peek(spaces) == " " { spaces += 1 }
            let isEmptyLine = peek(spaces) == "\n" || peek(spaces) == "\r"
            guard peek(spaces) != nil, isEmptyLine || spaces - 1 > indent else { return }
            advance()
            skipLine()
        }
    }

    /// The column, from 0, of the scalar's key, or of the last dash if there is no key.
    func blockScalarIndent() -> Int {
        var column = lineStart
        var lastDash = 0
        while column < text.count, text[column] == " " || text[column] == "-" {
            if text[column] == "-" { lastDash = column - lineStart }
            column += 1
        }
        return column >= index ? lastDash : column - lineStart
    }
}

extension YAMLPreflight {
    mutating func scan() throws(YAMLProblem) {
        while peek() != nil {
            if index == lineStart, brackets.isEmpty { try enterLine() }
            try token()
        }
    }

    /// Checks the indentation of a block line, which counts spaces and the dashes of lists.
    mutating func enterLine() throws(YAMLProblem) {
        var isList = false
        while peek() == " " || (peek() == "-" && peek(1) == " ") {
            if peek() == "-" { isList = true }
            advance()
        }
        guard index - lineStart <= YAMLLimits.indentation || (isBlank(0) && !isList) else {
            throw YAMLProblem(
                mark: mark,
                message: "this line is indented by more than \(YAMLLimits.indentation) columns; no key lies that deep"
            )
        }
    }

    mutating func token() throws(YAMLProblem) {
        switch peek() {
        case nil: return
        case " ", "\t", "\n", "\r": advance()
        case "#": skipLine()
        case "\"": skipDoubleQuoted()
        case "'": skipSingleQuoted()
        case "[", "{": try openBracket()
        case "]", "}": try closeBracket()
        case ",":
            nextEntry()
            advance()
        case ":":
            if !brackets.isEmpty { brackets[brackets.count - 1].isAtKey = false }
            advance()
        case "&": try anchor()
        case "*": try alias()
        case "?" where isBlank(1): throw plainKeyProblem()
        case "|" where brackets.isEmpty, ">" where brackets.isEmpty: skipBlockScalar()
        case "!": while !isBlank(0) { advance() }
        default: skipPlain()
        }
    }

    func plainKeyProblem() -> YAMLProblem {
        YAMLProblem(mark: mark, message: "a key must be plain text, as in `key: value`")
    }

    mutating func nextEntry() {
        guard let last = brackets.last else { return }
        brackets[brackets.count - 1].isAtKey = last.isMapping
    }

    mutating func openBracket() throws(YAMLProblem) {
        if brackets.last?.isAtKey == true { throw plainKeyProblem() }
        guard brackets.count < YAMLLimits.flowDepth else {
            throw YAMLProblem(
                mark: mark,
                message: "more than \(YAMLLimits.flowDepth) brackets stand inside each other here"
            )
        }
        let isMapping = peek() == "{"
        brackets.append((isMapping, isMapping))
        advance()
    }

    mutating func closeBracket() throws(YAMLProblem) {
        _ = brackets.popLast()
        advance()
        try refuseAsKey()
    }

    mutating func anchor() throws(YAMLProblem) {
        anchors += 1
        guard anchors <= YAMLLimits.anchors else {
            throw YAMLProblem(
                mark: mark,
                message: "the file has more than \(YAMLLimits.anchors) anchors; put what is shared into `defaults`"
            )
        }
        advance()
        skipName()
    }

    mutating func alias() throws(YAMLProblem) {
        if brackets.last?.isAtKey == true { throw plainKeyProblem() }
        advance()
        skipName()
        try refuseAsKey()
    }

    /// Refuses a colon after an alias or a bracket, which would make a key of it.
    mutating func refuseAsKey() throws(YAMLProblem) {
        while peek() == " " || peek() == "\t" { advance() }
        if peek() == ":", isBlank(1) || !brackets.isEmpty { throw plainKeyProblem() }
    }
}
