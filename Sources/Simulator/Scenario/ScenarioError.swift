/// Why a scenario cannot be played.
package struct ScenarioError: Error, Sendable, Hashable {
    /// Where in the file, what was expected and what was found.
    package var message: String

    package init(_ message: String) {
        self.message = message
    }
}

extension ScenarioError: CustomStringConvertible {
    package var description: String { message }
}
