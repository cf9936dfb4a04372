extension OpenRun: Storable {
    func write(to writer: inout FieldWriter) {
        if let firstSeenRunning { writer.write(1, firstSeenRunning) }
        if let start { writer.write(2, start) }
        if let platformStart { writer.write(3, platformStart) }
    }

    init(from reader: FieldReader) throws(StoredFormError) {
        self.init()
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: firstSeenRunning = try field.timestamp()
            case 2: start = try field.stored()
            case 3: platformStart = try field.timestamp()
            default: break
            }
        }
    }
}
