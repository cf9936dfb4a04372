import FoundationEssentials

extension ActionLedger {
    private struct Form: Codable {
        struct Entry: Codable {
            var key: Key
            var starts: [Int64]
        }

        var entries: [Entry]
        var occurrences: [String: Int64]
    }

    /// - Throws: Where the bytes are not those that ``stored`` were.
    package init(stored: [UInt8]) throws {
        let form = try JSONDecoder().decode(Form.self, from: Data(stored))
        self.init(
            starts: Dictionary(form.entries.map { ($0.key, $0.starts.sorted()) }) { first, _ in first },
            occurrences: form.occurrences
        )
    }

    package var stored: [UInt8] {
        let entries = starts.map { Form.Entry(key: $0.key, starts: $0.value) }
        let form = Form(entries: entries, occurrences: occurrences)
        return (try? JSONEncoder().encode(form)).map { [UInt8]($0) } ?? []
    }
}
