import KoreAI

extension MLExportReply {
    /// How the job ended; `nil` while it has not, or where that is not known.
    var outcome: RunOutcome? {
        switch status {
        case .success: .success
        case .failed: .failed
        case .pending, .inProgress, .unknown: nil
        }
    }

    var isUnderWay: Bool { status == .pending || status == .inProgress }
}
