/// The answer to scrapes of everything in one form, made ready before they come.
struct PreparedBody<Block: ByteBlock>: Sendable {
    let body: ScrapeBody<Block>
    let time: ContinuousClock.Instant
    /// The registry's that it shows.
    let revision: UInt64
}
