extension BotSettings {
    /// How many targets the bot has: a training collector asks for each language and state, the export once.
    package var targetCount: Int {
        collectors.reduce(0) { count, collector in
            switch collector {
            case .mlTraining, .faqTraining: count + languages.count * states.count
            case .mlExport: count + 1
            }
        }
    }
}
