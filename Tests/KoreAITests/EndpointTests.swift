import Curl
import Model
import Testing

@testable import KoreAI

struct EndpointTests {
    static let bot = BotAddress(baseURL: "https://platform.kore.ai", id: "st-1")

    @Test(
        "Every call has the URL of its page",
        arguments: [
            (
                Endpoint.mlTrainStatus, ["language": "en", "state": "configured"],
                "/api/public/bot/st-1/ml/train/status?language=en&state=configured"
            ),
            (
                .faqTrainStatus, ["language": "de", "state": "published"],
                "/api/public/bot/st-1/faqs/train/status?language=de&state=published"
            ),
            (.mlExportStatus, [:], "/api/public/bot/st-1/mlexport/status"),
            (.publishStatus, [:], "/api/public/bot/st-1/publish/status"),
            (.publish, [:], "/api/public/bot/st-1/publish"),
            (.mlTrain, [:], "/api/public/bot/st-1/ml/train"),
            (.faqTrain, [:], "/api/public/bot/st-1/faqs/train"),
            (
                .mlExport, ["state": "configured", "type": "csv"],
                "/api/public/bot/st-1/mlexport?state=configured&type=csv"
            ),
            (.bots, ["offset": "50", "limit": "50"], "/api/public/bots?offset=50&limit=50"),
        ]
    )
    func url(endpoint: Endpoint, parameters: [String: String], path: String) {
        #expect(endpoint.url(of: Self.bot, parameters) == "https://platform.kore.ai" + path)
    }

    @Test("Every parameter of the templates is one that a call gives")
    func parameters() {
        let known: Set = ["id", "language", "state", "type", "offset", "limit"]
        for endpoint in Endpoint.allCases {
            let names = endpoint.row.template.split(separator: "{").dropFirst().map { String($0.prefix { $0 != "}" }) }
            #expect(known.isSuperset(of: names))
        }
    }

    @Test("A base URL may have a path prefix and a slash at its end")
    func prefix() {
        let bot = BotAddress(baseURL: "https://host.example:8443/kore/", id: "st-1")
        #expect(
            Endpoint.mlTrain.url(of: bot) == "https://host.example:8443/kore/api/public/bot/st-1/ml/train"
        )
    }

    @Test("Nothing in an id or a language can leave its place")
    func encoding() {
        let bot = BotAddress(baseURL: "https://host.example", id: "a/../b?c#d{state} ü%")
        #expect(
            Endpoint.mlTrainStatus.url(of: bot, ["language": "en&x=1", "state": "+"])
                == "https://host.example/api/public/bot/a%2F..%2Fb%3Fc%23d%7Bstate%7D%20%C3%BC%25/ml/train/status"
                + "?language=en%26x%3D1&state=%2B"
        )
    }

    @Test("Labels are distinct and the calls that change something are POST")
    func table() {
        #expect(Set(Endpoint.allCases.map(\.rawValue)).count == Endpoint.allCases.count)
        let posts = Endpoint.allCases.filter { $0.row.method == .post }
        #expect(posts == [.mlTrain, .faqTrain, .mlExport, .publish])
    }
}
