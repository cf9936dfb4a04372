extension JobIdentity: Storable {
    func write(to writer: inout FieldWriter) {
        if let id { writer.write(1, id) }
        if let createdOn { writer.write(2, createdOn) }
        if let requestedTime { writer.write(3, requestedTime) }
    }

    init(from reader: FieldReader) throws(StoredFormError) {
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: id = try field.string()
            case 2: createdOn = try field.timestamp()
            case 3: requestedTime = try field.timestamp()
            default: break
            }
        }
    }
}
