import KoreAI

extension Moment: Storable {
    func write(to writer: inout FieldWriter) {
        writer.write(1, wall)
        writer.write(2, uptime)
        writer.write(3, fixed: boot)
    }

    init(from reader: FieldReader) throws(StoredFormError) {
        self.init(wall: Timestamp(milliseconds: 0), uptime: 0, boot: 0)
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: wall = try field.timestamp()
            case 2: uptime = try field.int64()
            case 3: boot = try field.fixed()
            default: break
            }
        }
    }
}
