import KoreAI
import Model
import Settings
import Tracking

@testable import Polling

/// Lists and settings for the tests of discovery.
enum DiscoveryFixtures {
    static let baseURL = "https://platform.kore.ai"

    /// So long after some start of the machine.
    static func moment(_ seconds: Int64, boot: UInt64 = 1) -> ClockReading {
        ClockReading(
            wall: Timestamp(milliseconds: 1_700_000_000_000 + seconds * 1000),
            uptime: boot == 1 ? seconds * 1000 : seconds,
            boot: boot
        )
    }

    static func bot(_ id: String, _ name: String, status: String? = nil, language: String? = "de") -> BotPage.Bot {
        BotPage.Bot(id: id, name: name, status: status, defaultLanguage: language)
    }

    static func discovery(
        _ name: String = "account",
        _ change: (inout DiscoverySettings) -> Void = { _ in }
    ) -> DiscoverySettings {
        var settings = DiscoverySettings(
            name: name,
            listCredential: "account",
            watch: BotSettings(name: "", id: "", baseURL: baseURL, credential: "main")
        )
        change(&settings)
        return settings
    }

    static func configured(_ name: String, _ id: String, at baseURL: String = baseURL) -> BotSettings {
        BotSettings(name: name, id: id, baseURL: baseURL, credential: "other")
    }

    static func settings(_ discoveries: [DiscoverySettings] = [discovery()], bots: [BotSettings] = []) -> Settings {
        Settings(credentials: [], bots: bots, discoveries: discoveries)
    }
}

extension Discoveries {
    /// The labels of what is followed, by id.
    var names: [String: String] {
        Dictionary(followed.bots.map { ($0.id, $0.name) }) { first, _ in first }
    }

    mutating func see(_ bots: BotPage.Bot..., at seconds: Int64 = 0, gap: String? = nil) -> DiscoveredBots.News? {
        see(BotList(bots, gap: gap), of: "account", now: DiscoveryFixtures.moment(seconds))
    }
}
