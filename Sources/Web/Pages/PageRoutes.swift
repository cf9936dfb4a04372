import FoundationEssentials
import HTTPTypes
import Hummingbird
package import Model
import NIOCore

extension WebRoutes {
    /// The pages for people: the overview at `/`, one for each bot, and what they are made of.
    ///
    /// - Throws: Where a template cannot be parsed, which a test rules out.
    package static func pages(_ source: PageSource, options: WebOptions) throws -> WebRoutes {
        WebRoutes(try PageRoutes(source: source, options: options).routes)
    }
}

struct PageRoutes: Sendable {
    /// Of a style sheet, a script and an icon, all from here; nothing else is loaded or run.
    private static let policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    private static let assets: [(path: String, type: String, bytes: [UInt8])] = [
        ("/assets/style.css", "text/css; charset=utf-8", PackageResources.style_css),
        ("/assets/refresh.js", "text/javascript; charset=utf-8", PackageResources.refresh_js),
        ("/assets/icon.svg", "image/svg+xml", PackageResources.icon_svg),
    ]

    private let source: PageSource
    private let options: WebOptions
    private let templates: PageTemplates
    /// To make a page looks at every bot, so that one is made at a time.
    private let lock = AsyncLock(maxWaiting: 16)

    init(source: PageSource, options: WebOptions) throws {
        self.source = source
        self.options = options
        templates = try PageTemplates()
    }

    var routes: [WebRoute] {
        let pages: [WebRoute] = [
            .get("/") { request, _ in await overview(request) }, .get("/bot") { request, _ in await bot(request) },
        ]
        return pages
            + Self.assets.map { asset in
                .get(asset.path) { _, _ in
                    Response(
                        status: .ok,
                        headers: [
                            .contentType: asset.type, .xContentTypeOptions: "nosniff", .cacheControl: "max-age=60",
                        ],
                        body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.bytes))
                    )
                }
            }
    }

    private func overview(_ request: Request) async -> Response {
        // Links are relative, so that they hold behind a proxy too: to a folder, which ends in a slash.
        guard request.uri.path.hasSuffix("/") else { return .redirection(to: options.visiblePrefix.adding("/")) }
        let query = Self.query(of: request)
        guard let listing = await lock.withLockUnlessCrowded({ await source.listing(query) }) else {
            return Response.overload
        }
        let view = OverviewView(listing, query: query, options: options, now: Self.now)
        return Self.page(.ok, templates.overview(view))
    }

    private func bot(_ request: Request) async -> Response {
        let name = request.queryParameters["name"] ?? ""
        guard let found = await lock.withLockUnlessCrowded({ await source.bot(name) }) else {
            return Response.overload
        }
        guard let bot = found else { return Response.plain(.notFound, "There is no such bot.\n") }
        return Self.page(.ok, templates.bot(BotPageView(bot, options: options, now: Self.now)))
    }

    /// What cannot be read is left out.
    static func query(of request: Request) -> BotQuery {
        let parameters = request.queryParameters
        return BotQuery(
            text: String((parameters["q"] ?? "").prefix(128)),
            attention: parameters["show"].flatMap { Attention(rawValue: $0) },
            page: parameters["page"].flatMap { Int($0) }.map { max(0, min($0, 1_000_000) - 1) } ?? 0
        )
    }

    private static var now: Double { Date().timeIntervalSince1970 }

    private static func page(_ status: HTTPResponse.Status, _ html: String) -> Response {
        var headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
            .contentSecurityPolicy: policy,
        ]
        if let referrerPolicy = HTTPField.Name("Referrer-Policy") { headers[referrerPolicy] = "no-referrer" }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }
}

/// Where the pages learn how the bots do.
package struct PageSource: Sendable {
    let listing: @Sendable (BotQuery) async -> BotListing
    let bot: @Sendable (String) async -> BotReport?

    /// - Parameters:
    ///   - listing: The bots that fit a query, those that need attention first, with their last runs.
    ///   - bot: A bot by its name, with its history; `nil` where there is none.
    package init(
        listing: @escaping @Sendable (BotQuery) async -> BotListing,
        bot: @escaping @Sendable (String) async -> BotReport?
    ) {
        self.listing = listing
        self.bot = bot
    }
}
