extension StartedTraining: PlatformReply {
    /// The documented reply is an array with one object.
    package static var mayStandInArray: Bool { true }

    package static func read(from reader: inout ReplyReader) throws(JSONSyntaxError) -> StartedTraining? {
        var reply = StartedTraining()
        while let key = try reader.json.nextKey() {
            switch key {
            case "Training_ID": reply.id = try reader.text(key)
            case "message": reply.message = try reader.text(key)
            // Not documented here; an error body has it beside its message.
            case "status": _ = try reader.status(key)
            default: try reader.other(key)
            }
        }
        guard reply.id != nil || !reader.looksLikeError else { return nil }
        return reader.saysSomething ? reply : nil
    }
}
