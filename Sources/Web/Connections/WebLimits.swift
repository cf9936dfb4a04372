/// What a client may take of the exporter's own HTTP server.
package struct WebLimits: Sendable, Hashable {
    /// Open at once. Over this, a new connection ends the one that has been without a request for the longest time.
    package var connections: Int
    /// Being answered at once. Over this, a request is answered with 503.
    package var requests: Int
    /// One line of a request's head, and its first line. Over this, a request is answered with 431.
    package var headerFieldBytes: Int
    /// The whole head of a request.
    package var headerBytes: Int
    package var headerFields: Int
    /// The body of a request. Over this, a request is answered with 413.
    package var bodyBytes: Int
    /// From the first byte of a request to its last, however they are dripped; also for TLS to begin.
    package var requestTimeout: Duration
    /// From the last byte of a request to the last of its response.
    package var responseTimeout: Duration
    /// Between requests. Above the scrape interval, so that Prometheus keeps its connection.
    package var idleTimeout: Duration
    /// How long a scrape keeps its place while others want one and there is no other: slow clients give way.
    package var scrapePatience: Duration
    /// How long a client that was turned away may take to read why.
    package var lingerTimeout: Duration

    package init(
        connections: Int = 512,
        requests: Int = 128,
        headerFieldBytes: Int = 16 << 10,
        headerBytes: Int = 32 << 10,
        headerFields: Int = 100,
        bodyBytes: Int = 1 << 20,
        requestTimeout: Duration = .seconds(10),
        responseTimeout: Duration = .seconds(180),
        idleTimeout: Duration = .seconds(300),
        scrapePatience: Duration = .seconds(15),
        lingerTimeout: Duration = .milliseconds(500)
    ) {
        self.connections = connections
        self.requests = requests
        self.headerFieldBytes = headerFieldBytes
        self.headerBytes = headerBytes
        self.headerFields = headerFields
        self.bodyBytes = bodyBytes
        self.requestTimeout = requestTimeout
        self.responseTimeout = responseTimeout
        self.idleTimeout = idleTimeout
        self.scrapePatience = scrapePatience
        self.lingerTimeout = lingerTimeout
    }

    package static let standard = WebLimits()
}
