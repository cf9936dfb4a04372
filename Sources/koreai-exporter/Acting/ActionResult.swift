import Actions
import FoundationEssentials
import KoreAI
import Tracking

/// What a command says of an action that ended: a line for people, or one of JSON.
struct ActionResult {
    let report: ActionReport

    func line(colours: Bool) -> String {
        let paint = Paint(isOn: colours)
        let outcome = report.outcome
        let name = "\(report.action): "
        guard outcome.isGood else {
            let colour: Paint.Colour = if case .interrupted = outcome { .yellow } else { .red }
            let word = outcome.word.replacing("_", with: " ")
            return name + paint(word, colour) + ": " + outcome.sentence(of: report.action.noun)
        }
        var line = name + paint(outcome.word, .green)
        if let start = report.start, outcome == .done { line += " after \(report.end.since(start).forPeople)" }
        if let file = report.file, let bytes = report.bytes { line += "; wrote \(file) (\(ByteCount.text(bytes)))" }
        return line
    }

    /// One object without line ends.
    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        guard let data = try? encoder.encode(Members(report)) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }

    private struct Members: Encodable {
        var action: String
        var bot: String
        var engine: String?
        var language: String?
        var state: String?
        var type: String?
        var outcome: String
        var exitCode: Int32
        var message: String
        /// When the platform accepted it.
        var start: String?
        var end: String
        var durationSeconds: Double?
        var file: String?
        var bytes: Int?

        init(_ report: ActionReport) {
            action = "export"
            bot = report.action.bot
            switch report.action.kind {
            case .train(let engine, let language):
                action = "train"
                self.engine = engine.rawValue
                self.language = language
            case .export(let state, let fileType):
                self.state = state.rawValue
                type = fileType.rawValue
            }
            outcome = report.outcome.word
            exitCode = report.outcome.exitCode
            message = report.outcome.sentence(of: report.action.noun)
            start = report.start?.iso8601
            end = report.end.iso8601
            durationSeconds = report.duration.map { $0 / .seconds(1) }
            file = report.file
            bytes = report.bytes
        }
    }
}
