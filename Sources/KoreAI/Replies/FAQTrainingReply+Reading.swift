extension FAQTrainingReply: PlatformReply {
    package static var ofEmptyObject: FAQTrainingReply? { FAQTrainingReply(status: .unknown) }

    package static func read(from reader: inout ReplyReader) throws(JSONSyntaxError) -> FAQTrainingReply? {
        var reply = FAQTrainingReply(status: .unknown)
        while let key = try reader.json.nextKey() {
            switch key {
            case "status": reply.status = try reader.status(key)?.training ?? .unknown
            case "_id": reply.id = try reader.text(key)
            case "modifiedOn": reply.modifiedOn = try reader.time(key)
            default: try reader.other(key)
            }
        }
        return reader.saysSomething ? reply : nil
    }
}
