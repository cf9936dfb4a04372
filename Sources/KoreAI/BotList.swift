/// The list of an account's bots, as all its pages together tell it.
package struct BotList: Sendable, Hashable {
    /// Each bot once, in the order in which they came.
    package var bots: [BotPage.Bot]
    /// How many there are by what the platform says; `nil` where it does not say so.
    package var total: Int?
    /// Why this is not the whole list, as a sentence for people; `nil` where it adds up to what the platform says.
    package var gap: String?

    package init(_ bots: [BotPage.Bot], total: Int? = nil, gap: String? = nil) {
        self.bots = bots
        self.total = total
        self.gap = gap
    }

    /// Whether it adds up to what the platform says. Of a bot that is missing in a list that is not whole nothing is known.
    package var isWhole: Bool { gap == nil }
}

/// Goes through the pages of the list of bots: what to ask for next, and when to stop.
///
/// The documentation contradicts itself about `offset`: the current page says the position of the first bot, an older one
/// the number of pages to skip. Positions are tried first. Where they do not add up to what the platform says, pages are
/// tried once: a page 1 that has the bots of the first page again tells that positions are counted after all.
struct BotListWalk {
    /// The unit of `offset`.
    private enum Reading {
        case positions
        case pages
    }

    /// The platform gives no larger pages.
    static let pageSize = 50
    /// More bots than any account has; a list that goes on is not worth a budget.
    static let mostBots = 10_000
    /// The most pages that are asked for. They hold ``mostBots`` also where the platform gives less than half of what is
    /// asked.
    static let mostPages = 500

    /// The `offset` of the page to ask for next.
    private(set) var offset = 0
    /// The `limit` of the page to ask for next. A platform that gives fewer bots than asked is asked for as many as it gives, so that
    /// both cut the list into the same pages.
    private(set) var limit = Self.pageSize
    private var reading = Reading.positions
    private var bots: [BotPage.Bot] = []
    private var ids: Set<String> = []
    /// The bots of the pages that were read as `offset` is read now.
    private var idsOfReading: Set<String> = []
    private var firstPage: BotPage?
    private var pages = 0
    private var nameless = 0
    /// The most that any page told: a bot that was deleted meanwhile may have moved another one past a page's border.
    private var total: Int?
    /// Whether there are more pages, as the last page told that had anything new. An empty page does not take back what was
    /// promised before it.
    private var availableMore: Bool?
    /// Whether that page held as many as were asked for: where the platform tells nothing, it may have more then.
    private var isFull = false

    /// Takes in the page at ``offset``.
    ///
    /// - Returns: Whether there is a further page to ask for.
    mutating func took(_ page: BotPage) -> Bool {
        pages += 1
        total = page.total.map { max($0, total ?? 0) } ?? total
        let isRepetition = reading == .pages && offset == 1 && repeatsFirst(page)
        for bot in page.bots where bots.count < Self.mostBots && ids.insert(bot.id).inserted { bots.append(bot) }
        // After a repetition what the positions told stands.
        guard !isRepetition else { return false }
        let before = idsOfReading.count
        idsOfReading.formUnion(page.bots.lazy.map(\.id))
        let isNew = idsOfReading.count > before
        let entries = page.bots.count + page.nameless
        if isNew || firstPage == nil {
            availableMore = page.availableMore
            isFull = entries >= limit
            nameless += page.nameless
        }
        let isFirst = firstPage == nil
        if isFirst { firstPage = page }
        switch reading {
        case .positions:
            offset += entries
            if isFirst, isNew, entries < limit, hasMore(after: offset) { limit = entries }
            if isNew, hasMore(after: offset) { return isWithinBounds }
            return !isWhole && tryPages()
        case .pages:
            offset += 1
            return isNew && hasMore(after: offset * limit) && isWithinBounds
        }
    }

    /// The page at ``offset`` was refused as a bad request, as a platform that counts pages may refuse one beyond the last.
    ///
    /// - Returns: Whether there is a further page to ask for.
    mutating func wasRefused() -> Bool {
        reading == .positions && tryPages()
    }

    var list: BotList { BotList(bots, total: total, gap: gap) }

    private var isWithinBounds: Bool { bots.count < Self.mostBots && pages < Self.mostPages }

    /// Whether the platform says, or lets expect, more bots than a number.
    private func hasMore(after count: Int) -> Bool {
        if availableMore == true { return true }
        if let total { return count < total }
        return availableMore == nil && isFull
    }

    /// Whether nothing speaks against this being all. Without a total the reading of `offset` is not proven by it: a page
    /// further ahead may have been the last one.
    private var isWhole: Bool { gap == nil && (total != nil || pages == 1) }

    /// - Returns: Whether there was a first page, to which others could add.
    private mutating func tryPages() -> Bool {
        guard let firstPage, !firstPage.bots.isEmpty, isWithinBounds else { return false }
        (reading, offset) = (.pages, 1)
        idsOfReading = Set(firstPage.bots.map(\.id))
        nameless = firstPage.nameless
        return true
    }

    /// Whether a page 1 is the first page moved by one bot. As pages are counted it comes after the first, but for bots
    /// that were made or deleted meanwhile.
    private func repeatsFirst(_ page: BotPage) -> Bool {
        page.bots.count { idsOfReading.contains($0.id) } * 2 > page.bots.count
    }

    /// Why what came does not add up.
    private var gap: String? {
        let came = bots.count + nameless
        let requests = pages == 1 ? "1 request" : "\(pages) requests"
        if let total, came < total { return "\(came) of \(total) bots came, in \(requests)" }
        if availableMore == true {
            return
                "\(came) bots came, in \(requests), and the platform has more by what it says, but did not give them"
        }
        return nil
    }
}

extension KoreAIClient {
    /// One page of `GET …/bots`, for which the credential must be an admin's.
    ///
    /// - Parameters:
    ///   - offset: What it counts, the documentation contradicts itself about: see ``BotListWalk``.
    ///   - limit: 1 to 50, the platform's maximum; what is beyond is cut to it.
    package func bots(
        baseURL: String,
        offset: Int = 0,
        limit: Int = 50,
        credential: Credential,
        timeout: Duration
    ) async throws -> APICall<BotPage> {
        let endpoint = Endpoint.bots
        let parameters = [
            "offset": String(max(0, offset)), "limit": String(min(max(1, limit), BotListWalk.pageSize)),
        ]
        return try await call(
            endpoint,
            url: endpoint.url(baseURL: baseURL, parameters),
            credential: credential,
            timeout: timeout
        )
    }

    /// All bots of an account, page by page, at most 10,000 bots and 500 pages.
    ///
    /// - Parameters:
    ///   - timeout: The longest time of each page's request.
    ///   - beforePage: Runs before each request: where its budget is waited for. What it throws ends the walk.
    ///   - afterPage: Gets each call, to be counted.
    /// - Returns: Every bot once and whether that is all of them, or why a page could not be downloaded. The duration is that of
    ///   all pages together.
    package func allBots(
        baseURL: String,
        credential: Credential,
        timeout: Duration,
        beforePage: () async throws -> Void = {},
        afterPage: (APICall<BotPage>) -> Void = { _ in }
    ) async throws -> APICall<BotList> {
        var walk = BotListWalk()
        var unrecognized: [UnrecognizedValue] = []
        var duration = Duration.zero
        while true {
            try await beforePage()
            let call = try await bots(
                baseURL: baseURL,
                offset: walk.offset,
                limit: walk.limit,
                credential: credential,
                timeout: timeout
            )
            afterPage(call)
            duration += call.duration
            switch call.result {
            case .failure(let error):
                if error.reason == .badRequest || error.reason == .notFound, walk.wasRefused() { continue }
                return APICall(endpoint: .bots, code: call.code, duration: duration, result: .failure(error))
            case .success(let page):
                unrecognized += page.unrecognized
                if walk.took(page.value) { continue }
                let result = Decoded(walk.list, unrecognized: unrecognized)
                return APICall(endpoint: .bots, code: call.code, duration: duration, result: .success(result))
            }
        }
    }
}
