import KoreAI

extension Span: Storable {
    func write(to writer: inout FieldWriter) {
        writer.write(1, middle)
        writer.write(2, bound)
    }

    init(from reader: FieldReader) throws(StoredFormError) {
        let none = Moment(wall: Timestamp(milliseconds: 0), uptime: 0, boot: 0)
        self.init(after: none, until: none)
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: middle = try field.stored()
            case 2: bound = max(0, try field.milliseconds())
            default: break
            }
        }
    }
}
