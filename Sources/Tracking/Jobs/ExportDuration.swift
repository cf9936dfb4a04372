package import KoreAI

/// How long an export job took, by the platform's own times.
package enum ExportDuration {
    /// `lMod` is cut to whole seconds on some calls, so it may lie up to a second before `createdOn`, in milliseconds.
    static let rounding: Int64 = 1000

    /// From `createdOn` to `lMod` of a job in a final state; from `requestedTime` where the platform used the job's
    /// identity again, so that `createdOn` is an earlier job's.
    ///
    /// - Returns: Milliseconds, 0 where the difference is a rounding error; `nil` for a job that has not ended or whose
    ///   times are missing or contradict each other.
    package static func milliseconds(of reply: MLExportReply) -> Int64? {
        guard reply.status == .success || reply.status == .failed else { return nil }
        guard let start = start(of: reply), let end = reply.lastModified else { return nil }
        let (difference, overflow) = end.milliseconds.subtractingReportingOverflow(start.milliseconds)
        guard !overflow, difference > -rounding, difference <= SeenDuration.longest else { return nil }
        return max(0, difference)
    }

    /// When the job was created, by the platform's clock.
    package static func start(of reply: MLExportReply) -> Timestamp? {
        guard let createdOn = reply.createdOn else { return reply.requestedTime }
        if let requested = reply.requestedTime, let lastModified = reply.lastModified,
            requested.since(lastModified) < .milliseconds(rounding),
            requested.since(createdOn) > .milliseconds(rounding)
        {
            return requested
        }
        return createdOn
    }
}
