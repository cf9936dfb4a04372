package import Model

/// The reply to `GET …/mlexport/status` and to `POST …/mlexport`: the latest export job.
package struct MLExportReply: Sendable, Hashable {
    package var status: JobStatus
    /// The job's id, which the platform may use again for a later job of the same bot.
    package var id: String?
    /// 0 to 100.
    package var percentComplete: Double?
    package var createdOn: Timestamp?
    /// `lMod`, cut to whole seconds on some calls.
    package var lastModified: Timestamp?
    package var requestedTime: Timestamp?
    /// The format of the file, such as `CSV`.
    package var fileType: String?
    /// The link to the file, a secret, as it needs no password. `nil` where the reply has none or an empty one.
    package var downloadURL: Secret?
    /// Why the job failed, fit to be shown; `nil` where it did not or `statusLogs` is empty.
    package var reason: String?

    package init(
        status: JobStatus,
        id: String? = nil,
        percentComplete: Double? = nil,
        createdOn: Timestamp? = nil,
        lastModified: Timestamp? = nil,
        requestedTime: Timestamp? = nil,
        fileType: String? = nil,
        downloadURL: Secret? = nil,
        reason: String? = nil
    ) {
        self.status = status
        self.id = id
        self.percentComplete = percentComplete
        self.createdOn = createdOn
        self.lastModified = lastModified
        self.requestedTime = requestedTime
        self.fileType = fileType
        self.downloadURL = downloadURL
        self.reason = reason
    }
}

extension MLExportReply: PlatformReply {
    package static var ofEmptyObject: MLExportReply? { MLExportReply(status: .unknown) }

    package static func read(from reader: inout ReplyReader) throws(JSONSyntaxError) -> MLExportReply? {
        var reply = MLExportReply(status: .unknown)
        var steps: [FailureReason.Step] = []
        while let key = try reader.json.nextKey() {
            switch key {
            case "status": reply.status = try reader.status(key)?.job ?? .unknown
            case "_id": reply.id = try reader.text(key)
            case "percentageComplete": reply.percentComplete = try reader.percentage(key)
            case "createdOn": reply.createdOn = try reader.time(key)
            case "lMod": reply.lastModified = try reader.time(key)
            case "requestedTime": reply.requestedTime = try reader.time(key)
            case "fileType": reply.fileType = try reader.text(key)
            // The other spelling is that of a sibling call.
            case "downloadUrl", "downloadURL": reply.downloadURL = try reader.secret(key) ?? reply.downloadURL
            case "statusLogs": steps = try reader.steps()
            default: try reader.other(key)
            }
        }
        if reply.status == .failed { reply.reason = FailureReason.of(steps, without: reply.downloadURL) }
        return reader.saysSomething ? reply : nil
    }
}

/// The state of an export or a publish, as the `status` label writes it.
package enum JobStatus: String, Sendable, Hashable, CaseIterable {
    case pending
    case inProgress = "in_progress"
    case success
    case failed
    /// A word that is not known, or none.
    case unknown
}
