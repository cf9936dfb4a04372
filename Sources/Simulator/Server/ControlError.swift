/// Why the simulator could not do what it was told.
package struct ControlError: Error, Sendable, Hashable {
    package var message: String

    package init(_ message: String) {
        self.message = message
    }
}

extension ControlError: CustomStringConvertible {
    package var description: String { message }
}
