import Mustache

/// The Mustache templates of the pages, from the folder Resources. Values in two braces are escaped.
struct PageTemplates: Sendable {
    private static let sources: [String: [UInt8]] = [
        "frame": PackageResources.frame_mustache,
        "overview": PackageResources.overview_mustache,
        "bot": PackageResources.bot_mustache,
        "facts": PackageResources.facts_mustache,
        "matrix": PackageResources.matrix_mustache,
        "target": PackageResources.target_mustache,
        "failures": PackageResources.failures_mustache,
        "chart": PackageResources.chart_mustache,
    ]

    private let library: MustacheLibrary

    /// - Throws: If a template cannot be parsed, which a test rules out.
    init() throws {
        var library = MustacheLibrary()
        for (name, source) in Self.sources {
            try library.register(String(decoding: source, as: UTF8.self), named: name)
        }
        self.library = library
    }

    func overview(_ view: OverviewView) -> String {
        library.render(view, withTemplate: "overview") ?? ""
    }

    func bot(_ view: BotPageView) -> String {
        library.render(view, withTemplate: "bot") ?? ""
    }
}
