import KoreAI

extension EndedRun: Storable {
    func write(to writer: inout FieldWriter) {
        writer.write(1, outcome.rawValue)
        if let start { writer.write(2, start) }
        writer.write(3, end)
        if let duration { writer.write(4, duration) }
        writer.write(5, bound)
    }

    init(from reader: FieldReader) throws(StoredFormError) {
        self.init(outcome: .unknown, start: nil, end: Timestamp(milliseconds: 0), duration: nil, bound: 0)
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: outcome = try field.word(orElse: .unknown)
            case 2: start = try field.timestamp()
            case 3: end = try field.timestamp()
            case 4: duration = try field.int64()
            case 5: bound = max(0, try field.int64())
            default: break
            }
        }
    }
}
