/// Numbers as people read them.
enum HumanText {
    /// A length of time in its largest unit, rounded down: `12 s`, `3 min`, `2 h`, `5 d`.
    static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite else { return "?" }
        let whole = Int64(max(0, min(seconds, 1e12)))
        switch whole {
        case ..<60: return "\(whole) s"
        case ..<3600: return "\(whole / 60) min"
        case ..<86_400: return "\(whole / 3600) h"
        default: return "\(whole / 86_400) d"
        }
    }

    /// What a target is, as in `ML training, en, published`.
    static func target(collector: String, language: String, state: String) -> String {
        let name =
            switch collector {
            case "ml_training": "ML training"
            case "faq_training": "FAQ training"
            case "ml_export": "ML export"
            default: collector
            }
        return ([name] + [language, state].filter { !$0.isEmpty }).joined(separator: ", ")
    }
}
