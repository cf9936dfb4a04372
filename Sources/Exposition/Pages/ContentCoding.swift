/// How a scrape's bytes are sent.
package enum ContentCoding: Sendable, Hashable, CaseIterable {
    case identity
    case gzip
}
