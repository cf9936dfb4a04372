import KoreAI

extension OpenRun: Storable {
    func write(to writer: inout FieldWriter) {
        if let lastSeenBefore { writer.write(1, lastSeenBefore) }
        if let firstSeenRunning { writer.write(2, firstSeenRunning) }
        if let platformStart { writer.write(3, platformStart) }
    }

    init(from reader: FieldReader) throws(StoredFormError) {
        self.init()
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: lastSeenBefore = try field.stored()
            case 2: firstSeenRunning = try field.stored()
            case 3: platformStart = try field.timestamp()
            default: break
            }
        }
    }
}
