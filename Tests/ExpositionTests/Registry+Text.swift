@testable import Exposition

extension Registry {
    /// As a scrape reads it.
    var page: String { String(decoding: text(), as: UTF8.self) }
}
