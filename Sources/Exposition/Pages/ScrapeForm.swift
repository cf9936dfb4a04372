/// What a scrape asks for and what is kept ready: a format, compressed or not.
package struct ScrapeForm: Sendable, Hashable {
    package var format: ExpositionFormat
    package var coding: ContentCoding

    package init(_ format: ExpositionFormat, _ coding: ContentCoding) {
        self.format = format
        self.coding = coding
    }
}
