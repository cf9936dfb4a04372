/// A word of `states:`.
package enum StateSetting: String, Sendable, Hashable, CaseIterable {
    case configured
    case published
}
