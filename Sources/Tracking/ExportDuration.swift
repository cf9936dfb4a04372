package import KoreAI

/// How long an export job took, by the platform's own times.
package enum ExportDuration {
    /// A job whose times are further apart says more about the times than about the job.
    static let longest = Duration.seconds(86_400)
    /// `lMod` is cut to whole seconds on some calls, so it may lie up to a second before `createdOn`.
    static let rounding = Duration.seconds(1)

    /// From `createdOn` to `lMod` of a job in a final state.
    ///
    /// - Returns: Seconds, 0 where the difference is a rounding error; `nil` for a job that has not ended or whose times
    ///   are missing or contradict each other.
    package static func seconds(of reply: MLExportReply) -> Double? {
        guard reply.status == .success || reply.status == .failed else { return nil }
        guard let createdOn = reply.createdOn, let lastModified = reply.lastModified else { return nil }
        let duration = lastModified.since(createdOn)
        guard duration > .zero - rounding, duration <= longest else { return nil }
        return max(0, Double(lastModified.milliseconds - createdOn.milliseconds) / 1000)
    }
}
