extension JobTracker: Storable {
    func write(to writer: inout FieldWriter) {
        if let job { writer.write(1, job) }
        if let lastSeen { writer.write(2, lastSeen) }
        writer.write(3, Int64(olderReplies))
    }

    init(from reader: FieldReader) throws(StoredFormError) {
        self.init()
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: job = try field.stored()
            case 2: lastSeen = try field.stored()
            case 3: olderReplies = Int(min(max(0, try field.int64()), Int64(Self.olderRepliesToBelieve)))
            default: break
            }
        }
    }
}
