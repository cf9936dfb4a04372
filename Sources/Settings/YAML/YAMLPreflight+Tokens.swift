extension YAMLPreflight {
    mutating func scan() throws(YAMLProblem) {
        while peek() != nil {
            if index == lineStart, brackets.isEmpty { try enterLine() }
            try token()
        }
    }

    /// Measures the indentation of a block line: spaces, and the dashes of lists.
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

    /// After an alias or a bracket: a colon would make a key of it.
    mutating func refuseAsKey() throws(YAMLProblem) {
        while peek() == " " || peek() == "\t" { advance() }
        if peek() == ":", isBlank(1) || !brackets.isEmpty { throw plainKeyProblem() }
    }
}
