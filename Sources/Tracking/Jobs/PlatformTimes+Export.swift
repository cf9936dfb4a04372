import KoreAI

extension PlatformTimes {
    /// The times of an export job that has ended.
    init(_ reply: MLExportReply) {
        self.init(
            start: ExportDuration.start(of: reply),
            end: reply.lastModified,
            duration: ExportDuration.milliseconds(of: reply)
        )
    }
}
