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

    /// Skips the lines of a `|` or `>` scalar: all that are indented further than the key, or the dash, it belongs to.
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

    /// The column, from 0, of the key whose value the scalar is; of the last dash where it has no key.
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
