import App
import Foundation
import Model
import Simulator

/// Writes an exporter's configuration file for the bots of a scenario.
struct ScenarioConfiguration {
    private let scenario: Scenario
    private let baseURL: String
    private let pollInterval: String
    private let caFile: String?

    init(_ scenario: Scenario, baseURL: String, pollInterval: String, caFile: String? = nil) {
        self.scenario = scenario
        self.baseURL = baseURL
        self.pollInterval = pollInterval
        self.caFile = caFile
    }

    /// The file's text. Values are quoted as JSON strings, which YAML reads alike.
    var yaml: String {
        var lines = [
            "defaults:",
            "  base_url: \(quoted(baseURL))",
            "  poll_interval: \(pollInterval)",
            "  active_interval: \(pollInterval)",
            "budgets:",
            "  requests_per_minute: \(scenario.limits.perMinute)",
            "  requests_per_hour: \(scenario.limits.perHour)",
        ]
        if let caFile {
            // Relative paths in the file begin at its folder, but this one begins at the working directory.
            let path = caFile.hasPrefix("/") ? caFile : FileManager.default.currentDirectoryPath + "/" + caFile
            lines += ["http:", "  ca_file: \(quoted(path))"]
        }
        lines.append("credentials:")
        for credential in scenario.credentials {
            lines += [
                "  - name: \(quoted(credential.name))",
                "    client_id: \(quoted(credential.clientID))",
                "    client_secret: \(quoted(credential.clientSecret))",
                "    algorithm: \(credential.algorithm.rawValue)",
            ]
        }
        lines.append("bots:")
        for bot in scenario.bots {
            lines += [
                "  - name: \(quoted(bot.name))",
                "    id: \(quoted(bot.id))",
                "    languages: [\(bot.languages.map(quoted).joined(separator: ", "))]",
                "    states: [\(bot.states.map(\.rawValue).joined(separator: ", "))]",
            ]
            if let name = bot.credentials.first ?? scenario.credentials.first?.name {
                lines.append("    credential: \(quoted(name))")
                if scenario.credentials.first(where: { $0.name == name })?.isAdmin == true {
                    lines.append("    collectors: [ml_training, faq_training, ml_export, publish]")
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func quoted(_ text: String) -> String {
        JSONString.quoted(text)
    }
}
