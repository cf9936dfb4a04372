import Yams

extension Scenario {
    /// Reads a scenario.
    ///
    /// - Parameters:
    ///   - yaml: The file's text.
    ///   - file: Its name, for errors.
    /// - Throws: ``ScenarioError`` with file, line and column.
    package init(yaml: String, file: String = "scenario") throws(ScenarioError) {
        let node: Node?
        do {
            node = try Yams.compose(yaml: yaml)
        } catch {
            throw ScenarioError("\(file): expected YAML: \(error)")
        }
        guard let node else {
            throw ScenarioError("\(file): expected a mapping with bots:, found an empty file")
        }
        do {
            self = try YAMLDecoder().decode(Scenario.self, from: node)
        } catch let error as DecodingError {
            throw Self.explain(error, in: node, file: file)
        } catch {
            throw ScenarioError("\(file): \(error)")
        }
        do throws(ScenarioError) {
            try validate()
        } catch {
            throw ScenarioError("\(file): \(error.message)")
        }
    }

    private static func explain(_ error: DecodingError, in root: Node, file: String) -> ScenarioError {
        var path: [any CodingKey]
        let message: String
        switch error {
        case .keyNotFound(let key, let context):
            path = context.codingPath
            message = "expected the key \"\(key.stringValue)\", found none"
        case .typeMismatch(let type, let context):
            path = context.codingPath
            message = "expected a value of the kind \(type): \(context.debugDescription)"
        case .valueNotFound(let type, let context):
            path = context.codingPath
            message = "expected a value of the kind \(type), found nothing"
        case .dataCorrupted(let context):
            path = context.codingPath
            message = context.debugDescription
        @unknown default:
            path = []
            message = "\(error)"
        }
        var node = root
        var place = root.mark
        for key in path {
            if let index = key.intValue, let sequence = node.sequence, sequence.indices.contains(index) {
                node = sequence[index]
                place = node.mark ?? place
            } else if let pair = node.mapping?.first(where: { $0.key.string == key.stringValue }) {
                node = pair.value
                place = pair.key.mark ?? place
            }
        }
        let name = path.reduce(into: "") { name, key in
            name += key.intValue.map { "[\($0)]" } ?? (name.isEmpty ? key.stringValue : ".\(key.stringValue)")
        }
        let at = place.map { ":\($0.line):\($0.column)" } ?? ""
        return ScenarioError("\(file)\(at): \(name.isEmpty ? "" : "\(name): ")\(message)")
    }
}
