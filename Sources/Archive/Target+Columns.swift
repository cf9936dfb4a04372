import GRDB
import KoreAI
import Tracking

extension Target {
    /// The columns `bot, collector, language, state` of a row, from `first` on.
    ///
    /// - Returns: `nil` for a collector or state that this version does not know.
    init?(_ row: Row, at first: Int = 0) throws {
        let bot = try row.decode(String.self, atIndex: first)
        let language = try row.decode(String.self, atIndex: first + 2)
        guard let collector = try Collector(rawValue: row.decode(atIndex: first + 1)) else { return nil }
        switch (collector, try BotState(rawValue: row.decode(atIndex: first + 3))) {
        case (.mlTraining, let state?):
            self = .training(bot: bot, engine: .ml, language: language, state: state)
        case (.faqTraining, let state?):
            self = .training(bot: bot, engine: .faq, language: language, state: state)
        case (.mlExport, _):
            self = .export(bot: bot)
        case (.mlTraining, nil), (.faqTraining, nil):
            return nil
        }
    }

    /// The values of those columns, which are together a target's key.
    var key: [(any DatabaseValueConvertible)?] {
        [bot, collector.rawValue, language, state]
    }
}
