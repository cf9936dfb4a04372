extension MLTrainingReply: PlatformReply {
    package static var ofEmptyObject: MLTrainingReply? { MLTrainingReply(status: .unknown) }

    package static func read(from reader: inout ReplyReader) throws(JSONSyntaxError) -> MLTrainingReply? {
        var reply = MLTrainingReply(status: .unknown)
        var flags = SyncFlagReader()
        while let key = try reader.json.nextKey() {
            switch key {
            case "trainingStatus":
                reply.status = try reader.status(key)?.training ?? .unknown
            case "trainDetails":
                try reply.readDetails(from: &reader)
            default:
                if let name = SyncFlag.name(inKey: key) {
                    try flags.read(name, from: &reader)
                } else {
                    try reader.other(key)
                }
            }
        }
        reply.syncFlags = flags.flags(reportingTo: &reader)
        return reader.saysSomething ? reply : nil
    }

    private mutating func readDetails(from reader: inout ReplyReader) throws(JSONSyntaxError) {
        guard reader.json.beginObject() else {
            try reader.unexpected("trainDetails")
            return
        }
        reader.sawKnownField()
        while let key = try reader.json.nextKey() {
            switch key {
            case "nlpVersion": nlpVersion = try reader.integer(key)
            case "trainVersion": trainVersion = try reader.integer(key)
            default: try reader.json.skip()
            }
        }
    }
}
