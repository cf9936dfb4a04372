import FoundationEssentials

@testable import Simulator

/// Asks a platform without a socket, in seconds after its start.
final class PlatformAsker {
    static let start = SimulatorTime(milliseconds: 1_690_377_304_983)  // 2023-07-26T13:15:04.983Z
    var platform: Platform

    init(_ bot: Scenario.Bot, speed: Double = 1) {
        platform = Platform(scenario: Scenario(speed: speed, bots: [bot]), now: Self.start)
        platform.filesURL = "http://files"
    }

    static func time(_ seconds: Double) -> SimulatorTime {
        start + .milliseconds(Int64(seconds * 1000))
    }

    func ask(
        _ endpoint: Platform.Endpoint,
        at seconds: Double,
        query: [String: String] = [:],
        language: String? = nil,
        body: String = ""
    ) -> Reply {
        let now = Self.time(seconds)
        platform.advance(to: now)
        let request = APIRequest(
            endpoint: endpoint,
            bot: "st-1",
            method: endpoint.method,
            query: query,
            botLanguage: language,
            body: Array(body.utf8)
        )
        return platform.answer(request, at: now)
    }

    func text(
        _ endpoint: Platform.Endpoint,
        at seconds: Double,
        query: [String: String] = [:]
    ) -> String {
        String(decoding: ask(endpoint, at: seconds, query: query).body, as: UTF8.self)
    }

    /// A text member of a reply's object.
    func member(
        _ name: String,
        of endpoint: Platform.Endpoint,
        at seconds: Double,
        query: [String: String] = ["language": "en"]
    ) -> String? {
        let text = text(endpoint, at: seconds, query: query)
        guard let start = text.firstRange(of: "\"\(name)\":")?.upperBound else { return nil }
        return String(text[start...].drop { $0 == "\"" }.prefix { !"\",}]".contains($0) })
    }
}
