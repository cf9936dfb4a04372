extension YAMLPreflight {
    /// YAML 1.1, 5.1: the characters that a text may hold.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF:
            scalar.value != 0xFEFF
        default: false
        }
    }

    /// Refuses what libYAML would refuse without saying where.
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
