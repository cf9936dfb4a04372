import FoundationEssentials

/// Numbers and times as people read them.
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

    /// A Unix time in UTC, as ISO 8601 has it: `2026-11-21T17:09:25Z`.
    static func time(_ seconds: Double) -> String {
        guard seconds.isFinite else { return "?" }
        // The years 1 to 9999, beyond which there is no such form.
        return Date(timeIntervalSince1970: max(-62_135_596_800, min(seconds, 253_402_300_799))).formatted(.iso8601)
    }

    /// A count and what is counted: `1 run`, `2 runs`.
    static func count(_ number: some BinaryInteger, _ noun: String) -> String {
        number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
    }

    /// What a collector asks for, as in `ML training`.
    static func collector(_ collector: String) -> String {
        switch collector {
        case "ml_training": "ML training"
        case "faq_training": "FAQ training"
        case "ml_export": "ML export"
        default: collector
        }
    }

    /// What a target is, as in `ML training, en, published`.
    static func target(collector: String, language: String, state: String) -> String {
        ([self.collector(collector)] + [language, state].filter { !$0.isEmpty }).joined(separator: ", ")
    }
}
