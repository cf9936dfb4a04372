import FoundationEssentials
import HTTPTypes
import Hummingbird
package import Model
import NIOCore

extension WebRoutes {
    /// The HTML pages: the overview at `/`, a page for each bot, and their style sheet, script and icon.
    ///
    /// - Throws: If a template cannot be parsed, which a test rules out.
    package static func pages(_ source: PageSource, options: WebOptions) throws -> WebRoutes {
        WebRoutes(try PageRoutes(source: source, options: options).routes)
    }
}

struct PageRoutes: Sendable {
    /// Allows a style sheet, a script and images of this server, and nothing else.
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
    /// Each page looks at every bot, so only one page is made at a time.
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
        // Links are relative to a folder, so that they work behind a proxy; the path must end in a slash for that.
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

    /// The query of the overview; parameters that cannot be read are left out.
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

/// What the pages call to get the state of the bots.
package struct PageSource: Sendable {
    let listing: @Sendable (BotQuery) async -> BotListing
    let bot: @Sendable (String) async -> BotReport?

    /// - Parameters:
    ///   - listing: Gives the bots that fit a query with their last runs; the bots that need attention come first.
    ///   - bot: Gives a bot by its name, with its history; `nil` if there is none.
    package init(
        listing: @escaping @Sendable (BotQuery) async -> BotListing,
        bot: @escaping @Sendable (String) async -> BotReport?
    ) {
        self.listing = listing
        self.bot = bot
    }
}
