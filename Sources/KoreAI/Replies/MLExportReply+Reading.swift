extension MLExportReply: PlatformReply {
    package static var ofEmptyObject: MLExportReply? { MLExportReply(status: .unknown) }

    package static func read(from reader: inout ReplyReader) throws(JSONSyntaxError) -> MLExportReply? {
        var reply = MLExportReply(status: .unknown)
        while let key = try reader.json.nextKey() {
            switch key {
            case "status": reply.status = try reader.status(key)?.export ?? .unknown
            case "_id": reply.id = try reader.text(key)
            case "percentageComplete": reply.percentComplete = try reader.percentage(key)
            case "createdOn": reply.createdOn = try reader.time(key)
            case "lMod": reply.lastModified = try reader.time(key)
            case "requestedTime": reply.requestedTime = try reader.time(key)
            case "fileType": reply.fileType = try reader.text(key)
            case "downloadUrl": reply.downloadURL = try reader.secret(key)
            default: try reader.other(key)
            }
        }
        return reader.saysSomething ? reply : nil
    }
}
