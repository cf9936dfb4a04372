extension DriftTracker: Storable {
    func write(to writer: inout FieldWriter) {
        for drift in drifts {
            writer.write(1, drift)
        }
    }

    init(from reader: FieldReader) throws(StoredFormError) {
        self.init()
        var reader = reader
        while let field = try reader.next() {
            guard field.number == 1 else { continue }
            let drift: Drift = try field.stored()
            // In order, each once: as they were written, and as the tracker needs them.
            if drifts.count < Self.mostComponents, drifts.last.map({ $0.component < drift.component }) ?? true {
                drifts.append(drift)
            }
        }
    }
}
