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
}
