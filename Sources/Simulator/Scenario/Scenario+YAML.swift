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
        var node = root
        var mark = root.mark
        for key in error.path {
            if let index = key.intValue, let sequence = node.sequence, sequence.indices.contains(index) {
                node = sequence[index]
                mark = node.mark ?? mark
            } else if let pair = node.mapping?.first(where: { $0.key.string == key.stringValue }) {
                node = pair.value
                mark = pair.key.mark ?? mark
            }
        }
        let at = mark.map { ":\($0.line):\($0.column)" } ?? ""
        let place = error.place.isEmpty ? "" : "\(error.place): "
        return ScenarioError("\(file)\(at): \(place)\(error.explanation)")
    }
}
