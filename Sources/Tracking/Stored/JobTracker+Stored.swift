extension JobTracker: Storable {
    func write(to writer: inout FieldWriter) {
        if let identity { writer.write(1, identity) }
        writer.write(2, isEnded)
        if let start { writer.write(3, start) }
        if let lastModified { writer.write(4, lastModified) }
        if let lastSeen { writer.write(5, lastSeen) }
        writer.write(6, Int64(olderReplies))
    }

    init(from reader: FieldReader) throws(StoredFormError) {
        self.init()
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: identity = try field.stored()
            case 2: isEnded = try field.bool()
            case 3: start = try field.stored()
            case 4: lastModified = try field.timestamp()
            case 5: lastSeen = try field.stored()
            case 6: olderReplies = Int(min(max(0, try field.int64()), Int64(Self.olderRepliesToBelieve)))
            default: break
            }
        }
    }
}
