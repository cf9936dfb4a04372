import Exposition
import HTTPTypes
import NIOCore

/// The answer to a scrape, ready to be sent.
struct ReadyScrape: Sendable {
    let form: ScrapeForm
    let head: HTTPResponse
    /// None where only the head is asked for.
    let blocks: [ByteBuffer]
    /// Held until everything is sent.
    let place: ScrapeLimit.Place
    let start = ContinuousClock.now
}
