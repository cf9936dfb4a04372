extension ExportTracker: Storable {
    func write(to writer: inout FieldWriter) {
        if let reply { writer.write(1, reply) }
        writer.write(2, jobs)
        writer.write(3, totals)
        if let lastDuration { writer.write(4, lastDuration) }
    }

    init(from reader: FieldReader) throws(StoredFormError) {
        self.init()
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: reply = try field.stored()
            case 2: jobs = try field.stored()
            case 3: totals = try RunTotals(from: field.message(), bounds: Self.bounds)
            case 4: lastDuration = try field.int64()
            default: break
            }
        }
    }
}
