import KoreAI
import Model
import Polling

/// Points people to the pages about failed runs: the bot's page of the exporter, and a runbook.
enum WhereToLook {
    private static let runbooks = "https://github.com/koreai-exporter/koreai-exporter/blob/main/docs/runbooks/"

    /// - Returns: A line for each bot and kind of run that failed.
    static func lines(about reports: [ActionReport]) -> [String] {
        var lines: [String] = []
        for report in reports {
            guard case .failed = report.outcome else { continue }
            let page = "/bot?name=" + report.action.bot.percentEncoded
            let line = "See \(page) of the exporter, and \(runbooks)\(runbook(of: report.action)).md"
            if !lines.contains(line) { lines.append(line) }
        }
        return lines
    }

    private static func runbook(of action: Action) -> String {
        switch action.kind {
        case .train(.ml, _): "KoreAITrainingFailed"
        case .train(.faq, _): "KoreAIFAQTrainingFailed"
        case .export: "KoreAIExportFailed"
        case .publish: "KoreAIPublishFailed"
        }
    }
}
