import FoundationEssentials

/// What is known of one target now, for people and for machines.
struct StatusRow: Encodable, Equatable {
    /// What the status is good for.
    enum Standing: Equatable {
        case fine
        case active
        case bad
        case unknown
    }

    var bot: String
    /// `ml`, `faq` or `export`.
    var kind: String
    /// Empty for an export.
    var language = ""
    /// Empty for an export.
    var state = ""
    /// The status, or why there is none.
    var status: String
    /// From 0 to 1, of an export that runs.
    var progress: Double?
    /// Seconds since 1970: when the last run ended, or the status last changed, as far as the source tells.
    var changed: Double?
    /// Components that are out of sync with the model.
    var outOfSync: [String] = []
    /// Why the platform gives no usable reply.
    var failure: String?

    enum CodingKeys: String, CodingKey {
        case bot, kind, language, state, status, progress, changed, failure
        case outOfSync = "out_of_sync"
    }

    var standing: Standing {
        if failure != nil { return .bad }
        switch status {
        case "finished", "success": return .fine
        case "queued", "pending", "in_progress": return .active
        case "failed": return .bad
        default: return .unknown
        }
    }

    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }

    /// In the order in which a table shows them.
    static func precedes(_ left: StatusRow, _ right: StatusRow) -> Bool {
        let kinds = ["ml", "faq", "export"]
        func rank(_ row: StatusRow) -> (String, Int, String, String) {
            (row.bot, kinds.firstIndex(of: row.kind) ?? kinds.count, row.language, row.state)
        }
        return rank(left) < rank(right)
    }
}
