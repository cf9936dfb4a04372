import KoreAI

extension DriftTracker.Drift: Storable {
    func write(to writer: inout FieldWriter) {
        writer.write(1, component)
        writer.write(2, inSync)
        writer.write(3, isTold)
        if let since { writer.write(4, since) }
        writer.write(5, count)
    }

    init(from reader: FieldReader) throws(StoredFormError) {
        var component = ""
        var inSync = true
        var isTold = false
        var since: Timestamp?
        var count: UInt64 = 0
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: component = try field.string()
            case 2: inSync = try field.bool()
            case 3: isTold = try field.bool()
            case 4: since = try field.timestamp()
            case 5: count = try field.uint64()
            default: break
            }
        }
        self.init(component: component, inSync: inSync, isTold: isTold, since: since, count: count)
    }
}
