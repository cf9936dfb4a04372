import KoreAI

extension TrainingTracker {
    func write(to writer: inout FieldWriter) {
        if let status { writer.write(1, status.rawValue) }
        writer.write(2, runs)
        writer.write(3, totals)
        writer.write(4, drifts)
        if let nlpVersion { writer.write(5, nlpVersion) }
        if let trainVersion { writer.write(6, trainVersion) }
    }

    init(from reader: FieldReader, engine: Engine) throws(StoredFormError) {
        self.init(engine: engine)
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: status = try field.word(orElse: .unknown)
            case 2: runs = try field.stored()
            case 3: totals = try RunTotals(from: field.message(), bounds: Self.bounds)
            case 4: drifts = try field.stored()
            case 5: nlpVersion = try field.int64()
            case 6: trainVersion = try field.int64()
            default: break
            }
        }
    }
}
