import KoreAI

extension TargetTracker {
    package var standing: Standing {
        switch shownStatus {
        case .training(.queued), .training(.inProgress), .export(.pending), .export(.inProgress): .active
        case .training(.finished), .export(.success): .fine
        case .training(.failed), .export(.failed): .failed
        case .training(.unknown), .export(.unknown), nil: .unknown
        }
    }

    /// Whether the platform answers, and what it answers is that nothing of the kind ever ran: a reply without a status,
    /// a time, a version or a flag.
    package var isBlank: Bool {
        guard isShown else { return false }
        switch knowledge {
        case .training(let training):
            return training.status == .unknown && training.runs.lastCompletion == nil && training.trainVersion == nil
                && training.drifts.drifts.isEmpty
        case .export(let export):
            return export.reply.map { $0.status == .unknown && $0.id == nil && $0.lastModified == nil } ?? false
        case .taken: return false
        }
    }
}
