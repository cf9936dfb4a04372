/// A key that stands at least twice in one mapping, and the place of the first.
struct RepeatedKey {
    var text: String
    var mark: SourceMark

    /// The file with this key overwritten by a word of the same length that stands nowhere else, so that the rest of
    /// the file can be read and all marks stay true. `nil` where the key is not written as it reads (escapes, tags).
    ///
    /// - Parameter number: Makes the word unique; below ``YAMLLimits/repeatedKeys``.
    func renamed(in file: String, number: Int) -> String? {
        guard !text.isEmpty, let unique = Unicode.Scalar(UInt32(0xE000 + number)) else { return nil }
        let scalars = file.unicodeScalars
        var position = scalars.startIndex
        for _ in 1..<max(1, mark.line) {
            guard let newline = scalars[position...].firstIndex(of: "\n") else { return nil }
            position = scalars.index(after: newline)
        }
        guard var start = scalars.index(position, offsetBy: mark.column - 1, limitedBy: scalars.endIndex),
            start < scalars.endIndex
        else { return nil }
        if scalars[start] == "\"" || scalars[start] == "'" { start = scalars.index(after: start) }
        guard scalars[start...].starts(with: text.unicodeScalars),
            let end = scalars.index(start, offsetBy: text.unicodeScalars.count, limitedBy: scalars.endIndex)
        else { return nil }

        var result = String.UnicodeScalarView(scalars[..<start])
        result.append(unique)
        result.append(contentsOf: repeatElement("\u{F8FF}", count: text.unicodeScalars.count - 1))
        result.append(contentsOf: scalars[end...])
        return String(result)
    }
}
