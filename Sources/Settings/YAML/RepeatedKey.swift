/// A key that stands at least twice in one mapping, and the place of the first.
struct RepeatedKey {
    var text: String
    var mark: SourceMark

    /// The file with this key overwritten by a word of the same length that stands nowhere else, so that the rest of
    /// the file can be read and all marks stay true. `nil` where the key is not written as it reads (escapes, tags).
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
