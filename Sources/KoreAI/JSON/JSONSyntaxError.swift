/// Where a body stops being JSON.
package struct JSONSyntaxError: Error, Hashable {
    /// In bytes from the start of the body.
    package var offset: Int
    package var expected: String
}
