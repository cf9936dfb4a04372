package import KoreAI
package import Tracking

/// How all targets do at one moment, in numbers.
package struct PollSummary: Sendable, Hashable {
    package private(set) var targets = 0
    package private(set) var failing: [APIError.Reason: Int] = [:]
    package private(set) var trainings: [Standing: Int] = [:]
    package private(set) var exports: [Standing: Int] = [:]
    /// Components out of sync with their model.
    package private(set) var drifts = 0

    init(_ records: [PollRecord]) {
        for record in records {
            targets += 1
            if let failure = record.failure {
                failing[failure, default: 0] += 1
            }
            drifts += record.tracker.driftingComponents
            switch record.tracker.target.collector {
            case .mlTraining, .faqTraining: trainings[record.tracker.standing, default: 0] += 1
            case .mlExport: exports[record.tracker.standing, default: 0] += 1
            }
        }
    }
}

extension PollSummary: CustomStringConvertible {
    /// One line, such as `39 targets, 3 fail (auth 3); trainings: 2 active, 1 failed; exports: 1 active; 4 drifts`.
    package var description: String {
        var parts = ["\(targets) targets"]
        if !failing.isEmpty {
            let reasons = failing.sorted { $0.key.rawValue < $1.key.rawValue }
                .map { "\($0.key.rawValue) \($0.value)" }
            parts[0] += ", \(failing.values.reduce(0, +)) fail (\(reasons.joined(separator: ", ")))"
        }
        parts.append("trainings: " + Self.counts(trainings))
        parts.append("exports: " + Self.counts(exports))
        parts.append("\(drifts) drifts")
        return parts.joined(separator: "; ")
    }

    private static func counts(_ counts: [Standing: Int]) -> String {
        let shown = [Standing.active, .failed, .fine].compactMap { standing in
            counts[standing].map { "\($0) \(standing.rawValue)" }
        }
        return shown.isEmpty ? "none" : shown.joined(separator: ", ")
    }
}
