import KoreAI
import Secrets

extension MLExportReply: Storable {
    /// All but the download link, which is a secret: of it only whether there was one.
    func write(to writer: inout FieldWriter) {
        writer.write(1, status.rawValue)
        if let id { writer.write(2, id) }
        if let percentComplete { writer.write(3, percentComplete) }
        if let createdOn { writer.write(4, createdOn) }
        if let lastModified { writer.write(5, lastModified) }
        if let requestedTime { writer.write(6, requestedTime) }
        if let fileType { writer.write(7, fileType) }
        writer.write(8, downloadURL != nil)
    }

    init(from reader: FieldReader) throws(StoredFormError) {
        self.init(status: .unknown)
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: status = try field.word(orElse: .unknown)
            case 2: id = try field.string()
            case 3: percentComplete = try field.double()
            case 4: createdOn = try field.timestamp()
            case 5: lastModified = try field.timestamp()
            case 6: requestedTime = try field.timestamp()
            case 7: fileType = try field.string()
            case 8: downloadURL = try field.bool() ? Secret("") : nil
            default: break
            }
        }
    }
}
