/// A reply as far as it could be understood, and what could not.
package struct Decoded<Value: Sendable>: Sendable {
    package var value: Value
    package var unrecognized: [UnrecognizedValue]

    package init(_ value: Value, unrecognized: [UnrecognizedValue] = []) {
        self.value = value
        self.unrecognized = unrecognized
    }
}
