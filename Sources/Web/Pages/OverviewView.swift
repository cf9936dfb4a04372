import Model

/// The values of the page at `/`, for its template.
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

    init(_ listing: BotListing, query: BotQuery, options: WebOptions, now: Double) {
        version = options.version
        metrics = PageLink.metrics(options)
        text = query.text
        attention = query.attention?.rawValue
        let all = listing.counts.values.reduce(0, +)
        let kinds: [Attention?] =
            [nil] + Attention.allCases.filter { listing.counts[$0] != nil || $0 == query.attention }
        filters = kinds.map { kind in
            Filter(
                title: kind?.title ?? "All",
                kind: kind?.rawValue ?? "all",
                count: kind.map { listing.counts[$0] ?? 0 } ?? all,
                link: PageLink.overview(BotQuery(text: query.text, attention: kind)),
                isChosen: kind == query.attention
            )
        }
        bots = listing.bots.map { BotView($0, now: now) }
        found = "\(listing.matching) of \(all) bots"
        isEmpty = listing.bots.isEmpty
        func link(to page: Int) -> String? {
            guard (0..<listing.pages).contains(page) else { return nil }
            return PageLink.overview(BotQuery(text: query.text, attention: query.attention, page: page))
        }
        previous = link(to: listing.page - 1)
        next = link(to: listing.page + 1)
        pages = listing.pages > 1 ? "Page \(listing.page + 1) of \(listing.pages)" : nil
    }
}

/// Relative links between the pages, which are all in one folder.
enum PageLink {
    static func metrics(_ options: WebOptions) -> String {
        String(options.telemetryPath.drop { $0 == "/" })
    }

    static func bot(_ name: String) -> String {
        "bot?name=" + name.percentEncoded
    }

    /// The link to the overview of the bots that fit a query.
    static func overview(_ query: BotQuery) -> String {
        var parts: [String] = []
        if !query.text.isEmpty { parts.append("q=" + query.text.percentEncoded) }
        if let attention = query.attention { parts.append("show=" + attention.rawValue) }
        if query.page > 0 { parts.append("page=\(query.page + 1)") }
        return parts.isEmpty ? "./" : "./?" + parts.joined(separator: "&")
    }
}

extension Attention {
    /// The name of the state on the pages.
    var title: String {
        switch self {
        case .failed: "Failed"
        case .unreachable: "Polls fail"
        case .drifting: "Out of sync"
        case .unknown: "Unknown"
        case .active: "Running"
        case .fine: "Fine"
        }
    }
}
