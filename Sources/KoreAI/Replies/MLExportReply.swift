package import Secrets

/// The reply to `GET …/mlexport/status` and to `POST …/mlexport`: the latest export job.
package struct MLExportReply: Sendable, Hashable {
    package var status: ExportStatus
    /// The job's id, which the platform may use again for a later job of the same bot.
    package var id: String?
    /// 0 to 100.
    package var percentComplete: Double?
    package var createdOn: Timestamp?
    /// `lMod`, cut to whole seconds on some calls.
    package var lastModified: Timestamp?
    package var requestedTime: Timestamp?
    /// Such as `CSV`.
    package var fileType: String?
    /// Whoever has the link has the file: a secret. `nil` where the reply has none or an empty one.
    package var downloadURL: Secret?

    package init(
        status: ExportStatus,
        id: String? = nil,
        percentComplete: Double? = nil,
        createdOn: Timestamp? = nil,
        lastModified: Timestamp? = nil,
        requestedTime: Timestamp? = nil,
        fileType: String? = nil,
        downloadURL: Secret? = nil
    ) {
        self.status = status
        self.id = id
        self.percentComplete = percentComplete
        self.createdOn = createdOn
        self.lastModified = lastModified
        self.requestedTime = requestedTime
        self.fileType = fileType
        self.downloadURL = downloadURL
    }
}
