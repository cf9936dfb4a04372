/// The page at `/` as its template shows it.
struct OverviewView {
    struct Filter {
        let title: String
        let kind: String
        let count: Int
        let link: String
        let isChosen: Bool
    }

    let title = "koreai-exporter"
    let version: String
    let metrics: String
    let text: String
    let attention: String?
    let filters: [Filter]
    let bots: [BotView]
    let found: String
    let isEmpty: Bool
    let previous: String?
    let next: String?
    let pages: String?

    init(_ listing: StatusListing, query: StatusQuery, options: WebOptions, now: Double) {
        version = options.version
        metrics = options.telemetryPath
        text = query.text
        attention = query.attention?.rawValue
        let all = listing.counts.values.reduce(0, +)
        let kinds: [BotAttention?] =
            [nil] + BotAttention.allCases.filter { listing.counts[$0] != nil || $0 == query.attention }
        filters = kinds.map { kind in
            Filter(
                title: kind?.title ?? "All",
                kind: kind?.rawValue ?? "all",
                count: kind.map { listing.counts[$0] ?? 0 } ?? all,
                link: PageLink.overview(StatusQuery(text: query.text, attention: kind)),
                isChosen: kind == query.attention
            )
        }
        bots = listing.bots.map { BotView($0, now: now) }
        found = "\(listing.matching) of \(all) bots"
        isEmpty = listing.bots.isEmpty
        func link(to page: Int) -> String? {
            guard (0..<listing.pages).contains(page) else { return nil }
            return PageLink.overview(StatusQuery(text: query.text, attention: query.attention, page: page))
        }
        previous = link(to: listing.page - 1)
        next = link(to: listing.page + 1)
        pages = listing.pages > 1 ? "Page \(listing.page + 1) of \(listing.pages)" : nil
    }
}
