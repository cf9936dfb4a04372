/// Quotes words from outside in an error.
package enum Quotation {
    /// The greatest number of Unicode scalars of a value that a complaint shows.
    package static let limit = 60

    /// `text` between backticks, on one line, cut after ``limit`` scalars. Control and formatting characters are
    /// escaped, so that a file cannot move the cursor of a terminal or reorder what is read.
    package static func quoted(_ text: String) -> String {
        "`\(plain(text))`"
    }

    /// ``quoted(_:)`` without the backticks.
    package static func plain(_ text: String) -> String {
        var shown = ""
        var count = 0
        for scalar in text.unicodeScalars {
            if count == limit {
                shown += "…"
                break
            }
            count += 1
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
                shown += "\\u{\(String(scalar.value, radix: 16))}"
            default:
                shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }

    /// `a`, `a and b`, `a, b and c`, each between backticks.
    package static func list(_ words: [String]) -> String {
        let quotedWords = words.map(quoted)
        guard let last = quotedWords.last, quotedWords.count > 1 else { return quotedWords.first ?? "" }
        return quotedWords.dropLast().joined(separator: ", ") + " and " + last
    }

    /// `a`, `a or b`, `a, b or c`, each between backticks.
    package static func choice(_ words: [String]) -> String {
        let quotedWords = words.map(quoted)
        guard let last = quotedWords.last, quotedWords.count > 1 else { return quotedWords.first ?? "" }
        return quotedWords.dropLast().joined(separator: ", ") + " or " + last
    }
}
