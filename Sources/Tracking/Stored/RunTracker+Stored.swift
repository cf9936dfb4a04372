import KoreAI

extension RunTracker: Storable {
    func write(to writer: inout FieldWriter) {
        if let lastStart { writer.write(1, lastStart) }
        if let lastCompletion { writer.write(2, lastCompletion) }
        if let lastSuccess { writer.write(3, lastSuccess) }
        if let lastOutcome { writer.write(4, lastOutcome.rawValue) }
        if let open { writer.write(5, open) }
        if let lastSeen { writer.write(6, lastSeen) }
        writer.write(7, versions)
        if let modifiedOn { writer.write(8, modifiedOn) }
        writer.write(9, Int64(olderReplies))
    }

    init(from reader: FieldReader) throws(StoredFormError) {
        self.init()
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: lastStart = try field.timestamp()
            case 2: lastCompletion = try field.timestamp()
            case 3: lastSuccess = try field.timestamp()
            case 4: lastOutcome = try field.word(orElse: .unknown)
            case 5: open = try field.stored()
            case 6: lastSeen = try field.stored()
            case 7: versions = try field.stored()
            case 8: modifiedOn = try field.timestamp()
            case 9: olderReplies = Int(min(max(0, try field.int64()), Int64(Self.olderRepliesToBelieve)))
            default: break
            }
        }
    }
}
