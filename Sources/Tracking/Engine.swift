/// What is trained. The raw value is the `engine` label.
package enum Engine: String, Sendable, Hashable, CaseIterable {
    case ml
    case faq
}
