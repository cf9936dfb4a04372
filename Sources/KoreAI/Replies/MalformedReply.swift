/// Why a body says nothing at all.
package enum MalformedReply: Error, Hashable {
    case notJSON(JSONSyntaxError)
    case notAnObject
    /// None of the fields that the call is documented to have.
    case noKnownField
}
