import KoreAI

extension SeenJob: Storable {
    func write(to writer: inout FieldWriter) {
        writer.write(1, identity)
        if let open { writer.write(2, open) }
        writer.write(3, isEnded)
        if let lastModified { writer.write(4, lastModified) }
        if let modifiedBefore { writer.write(5, modifiedBefore) }
        writer.write(6, runsAgain)
    }

    init(from reader: FieldReader) throws(StoredFormError) {
        let none = MLExportReply(status: .unknown)
        self.init(none, JobIdentity(none), open: nil)
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: identity = try field.stored()
            case 2: open = try field.stored()
            case 3: isEnded = try field.bool()
            case 4: lastModified = try field.timestamp()
            case 5: modifiedBefore = try field.timestamp()
            case 6: runsAgain = try field.bool()
            default: break
            }
        }
    }
}
