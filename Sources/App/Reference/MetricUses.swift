package import Foundation
import Model

/// Finds which alerts and panels query which metrics, in the repository's alerts/ and dashboards/.
package struct MetricUses {
    /// Alerts by the names in their expressions. Recording rules are resolved to the metrics they are made of.
    private var alerts: [String: Set<String>] = [:]
    private var panels: [String: Set<String>] = [:]
    private(set) var alertNames: Set<String> = []
    private(set) var panelNames: Set<String> = []

    /// - Parameter repository: The folder that has `alerts/` and `dashboards/`.
    /// - Throws: Where a file cannot be read, or is no dashboard.
    package init(repository: URL) throws {
        let rules = try Self.files(in: repository.appending(path: "alerts"), ending: "-rules.yml")
            .flatMap { try Self.rules(in: String(contentsOf: $0, encoding: .utf8)) }
        let recorded = Dictionary(
            rules.filter { !$0.isAlert }.map { ($0.name, $0.words) },
            uniquingKeysWith: { $0.union($1) }
        )
        for rule in rules where rule.isAlert {
            alertNames.insert(rule.name)
            for word in Self.resolved(rule.words, recorded) { alerts[word, default: []].insert(rule.name) }
        }
        for file in try Self.files(in: repository.appending(path: "dashboards"), ending: ".json") {
            let dashboard = try JSONDecoder().decode(Dashboard.self, from: Data(contentsOf: file))
            for panel in dashboard.panels.flatMap({ [$0] + ($0.panels ?? []) }) {
                guard let title = panel.title, let targets = panel.targets, !targets.isEmpty else { continue }
                let name = "\(dashboard.title.split(separator: "/").last ?? ""): \(title)"
                    .trimmingCharacters(in: .whitespaces)
                panelNames.insert(name)
                let words = targets.reduce(into: Set<String>()) { $0.formUnion(Self.words(of: $1.expr ?? "")) }
                for word in Self.resolved(words, recorded) { panels[word, default: []].insert(name) }
            }
        }
    }

    /// The alerts whose expressions query one of the names.
    func alerts(askingFor names: [String]) -> [String] {
        names.reduce(into: Set<String>()) { $0.formUnion(alerts[$1] ?? []) }.sorted()
    }

    /// The panels, each after its dashboard's title, whose expressions query one of the names.
    func panels(askingFor names: [String]) -> [String] {
        names.reduce(into: Set<String>()) { $0.formUnion(panels[$1] ?? []) }.sorted()
    }

    private struct Rule {
        var name: String
        var isAlert: Bool
        var words: Set<String> = []
    }

    private struct Dashboard: Decodable {
        struct Panel: Decodable {
            struct Target: Decodable { let expr: String? }
            let title: String?
            let targets: [Target]?
            /// The panels of a collapsed row.
            let panels: [Panel]?
        }
        let title: String
        let panels: [Panel]
    }

    private static func files(in folder: URL, ending: String) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.lastPathComponent.hasSuffix(ending) }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    /// The rules of a file as `make mixin` writes it: one key a line, and expressions indented deeper than their key.
    private static func rules(in text: String) -> [Rule] {
        var rules: [Rule] = []
        var depth: Int?
        for line in text.split(separator: "\n") {
            let content = line.drop { $0 == " " }
            let indent = line.count - content.count
            for (key, isAlert) in [("- alert: ", true), ("- record: ", false)] where content.hasPrefix(key) {
                rules.append(Rule(name: String(content.dropFirst(key.count)), isAlert: isAlert))
            }
            if content.hasPrefix("expr:") {
                depth = indent
            } else if let limit = depth, indent <= limit {
                depth = nil
            }
            guard depth != nil, !rules.isEmpty else { continue }
            rules[rules.count - 1].words.formUnion(words(of: String(content)))
        }
        return rules
    }

    private static func words(of expression: String) -> Set<String> {
        Set(
            expression.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":")) }.map(
                String.init
            )
        )
    }

    /// The words, and those of the recording rules among them, recursively.
    private static func resolved(_ words: Set<String>, _ recorded: [String: Set<String>]) -> Set<String> {
        var (found, open) = (words, Array(words))
        while let word = open.popLast() {
            for inner in recorded[word] ?? [] where found.insert(inner).inserted { open.append(inner) }
        }
        return found
    }
}
