extension VersionCount: Storable {
    func write(to writer: inout FieldWriter) {
        if let known { writer.write(1, known) }
        writer.write(2, ahead)
        writer.write(3, rises)
    }

    init(from reader: FieldReader) throws(StoredFormError) {
        self.init()
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: known = try field.int64()
            case 2: ahead = max(0, try field.int64())
            case 3: rises = try field.bool()
            default: break
            }
        }
    }
}
