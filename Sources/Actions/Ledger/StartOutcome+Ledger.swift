import KoreAI
import Polling

extension StartOutcome {
    /// The `outcome` label of `koreai_actions_total`.
    var word: String {
        switch self {
        case .started: "started"
        case .alreadyRunning: "already_running"
        case .outOfBudget: "out_of_budget"
        case .unknownBot: "unknown_bot"
        case .failed: "failed"
        }
    }

    /// Whether there is no use in trying the same again soon.
    var isFinal: Bool {
        switch self {
        case .started, .alreadyRunning, .failed: true
        case .outOfBudget, .unknownBot: false
        }
    }

    var failure: APIError? {
        if case .failed(let error) = self { error } else { nil }
    }
}
