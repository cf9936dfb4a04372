package import Archive
package import KoreAI
import Model
package import Settings
package import Tracking

/// A configuration, and what its discoveries have found besides: together what is followed.
///
/// A value: it takes lists and times as arguments.
package struct Discoveries: Sendable, Hashable {
    /// The configuration alone.
    package private(set) var settings: Settings
    /// The discoveries in the order of the configuration.
    package private(set) var discovered: [DiscoveredBots]
    /// The configuration with the bots that were found, and for each bot whether it is published. One that is configured by
    /// itself stays as it is.
    package private(set) var followed: Settings
    private(set) var labels: BotLabels

    package init(_ settings: Settings) {
        self.init(settings, discovered: [], labels: BotLabels())
    }

    /// - Parameter before: What was found; the configuration may be another one now.
    init(_ settings: Settings, discovered before: [DiscoveredBots], labels: BotLabels) {
        self.settings = settings
        self.labels = labels
        discovered = Self.discovered(settings, continuing: before)
        followed = settings
        follow()
    }

    /// Follows another configuration. What was found goes on under the rules of the discovery of the same
    /// name, or of the same list where the name is another now.
    package mutating func configure(_ settings: Settings) {
        self = Discoveries(settings, discovered: discovered, labels: labels)
    }

    /// The list of a discovery came.
    ///
    /// - Returns: What it changed; `nil` where the discovery is gone.
    package mutating func see(_ list: BotList, of name: String, now: ClockReading) -> DiscoveredBots.News? {
        guard let index = discovered.firstIndex(where: { $0.settings.name == name }) else { return nil }
        let news = discovered[index].see(list, now: now)
        follow()
        return news
    }

    private static func discovered(_ settings: Settings, continuing before: [DiscoveredBots]) -> [DiscoveredBots] {
        let names = Set(settings.discoveries.map(\.name))
        return settings.discoveries.map { discovery in
            // Bots of another platform would be asked about at the wrong place.
            let samePlatform = before.filter {
                $0.settings.watch.canonicalBaseURL == discovery.watch.canonicalBaseURL
            }
            let same =
                samePlatform.first { $0.settings.name == discovery.name }
                // It has another name now.
                ?? samePlatform.first {
                    $0.settings.listCredential == discovery.listCredential && !names.contains($0.settings.name)
                }
            return same?.continued(with: discovery) ?? DiscoveredBots(discovery)
        }
    }

    private mutating func follow() {
        let known = known()
        labels.keepOnly { known[$0] != nil }
        followed = settings
        let names = Set(settings.bots.map(\.name))
        var addresses = Set(settings.bots.map(\.canonicalAddress))
        for found in discovered {
            let baseURL = found.settings.watch.canonicalBaseURL
            for (id, bot) in found.wanted.sorted(by: { $0.key < $1.key }) {
                let address = BotAddress(baseURL: baseURL, id: id)
                guard addresses.insert(address).inserted else { continue }
                var watched = found.bot(id, bot)
                watched.name = labels.label(of: address, name: bot.name, configured: names)
                followed.bots.append(watched)
            }
        }
        for index in followed.bots.indices {
            followed.bots[index].isPublished = known[followed.bots[index].canonicalAddress]?.isPublished
        }
    }

    /// Each bot of the lists, by its canonical address. Where several discoveries have a bot, the latest list counts.
    private func known() -> [BotAddress: DiscoveredBots.Known] {
        var known: [BotAddress: DiscoveredBots.Known] = [:]
        for found in discovered {
            let baseURL = found.settings.watch.canonicalBaseURL
            for (id, bot) in found.known {
                known.merge([BotAddress(baseURL: baseURL, id: id): bot]) { one, other in
                    var latest = one.lastSeen.wall < other.lastSeen.wall ? other : one
                    latest.isPublished = latest.isPublished ?? one.isPublished ?? other.isPublished
                    return latest
                }
            }
        }
        return known
    }
}

extension BotSettings {
    fileprivate var canonicalAddress: BotAddress { BotAddress(baseURL: canonicalBaseURL, id: id) }
}

/// The stored form of what was found: a restart goes on with the same bots, labels and grace periods. It has only what is
/// decoded of the platform's list, and so no secrets.
extension Discoveries {
    /// The name of the value in the store.
    package static let key = "discoveries"

    /// - Parameter loaded: What the store has; where that is nothing of discoveries, nothing was found yet.
    /// - Throws: Where it cannot be read: then the lists have to be had again.
    package init(_ settings: Settings, loaded: LoadedState) throws(StoredFormError) {
        guard let bytes = loaded.values[Self.key] else {
            self.init(settings)
            return
        }
        var discovered: [DiscoveredBots] = []
        var labels: [BotAddress: String] = [:]
        var reader = try FieldReader(sealed: bytes)
        while let field = try reader.next() {
            switch field.number {
            case 1: discovered.append(try DiscoveredBots(from: field.message()))
            case 2:
                let (bot, label) = try Self.label(from: field.message())
                labels[bot] = label
            default: break
            }
        }
        self.init(settings, discovered: discovered, labels: BotLabels(labels))
    }

    package var stored: [UInt8] {
        var writer = FieldWriter()
        for found in discovered { writer.write(1) { found.write(to: &$0) } }
        for (bot, label) in labels.labels {
            writer.write(2) { writer in
                writer.write(1, bot.baseURL)
                writer.write(2, bot.id)
                writer.write(3, label)
            }
        }
        return writer.sealed()
    }

    private static func label(from reader: consuming FieldReader) throws(StoredFormError) -> (BotAddress, String) {
        var bot = BotAddress(baseURL: "", id: "")
        var label = ""
        while let field = try reader.next() {
            switch field.number {
            case 1: bot.baseURL = try field.string()
            case 2: bot.id = try field.string()
            case 3: label = try field.string()
            default: break
            }
        }
        return (bot, label)
    }
}

extension DiscoveredBots {
    fileprivate func write(to writer: inout FieldWriter) {
        writer.write(1, settings.name)
        writer.write(2, settings.watch.baseURL)
        writer.write(6, settings.listCredential)
        if let lastSuccess { writer.write(3, lastSuccess) }
        // Most bots were last seen by the same list.
        let lists = Set(known.values.map(\.lastSeen)).sorted { $0.wall < $1.wall }
        let numbers = Dictionary(uniqueKeysWithValues: zip(lists, lists.indices))
        for list in lists { writer.write(4, list) }
        for (id, bot) in known {
            writer.write(5) { writer in
                writer.write(1, id)
                writer.write(2, bot.name)
                if let language = bot.defaultLanguage { writer.write(3, language) }
                if let isPublished = bot.isPublished { writer.write(4, isPublished) }
                writer.write(5, UInt64(numbers[bot.lastSeen] ?? 0))
            }
        }
    }

    /// The settings have only name, base URL and the name of the list's credential: the configuration has the rest.
    fileprivate init(from reader: consuming FieldReader) throws(StoredFormError) {
        var settings = DiscoverySettings(
            name: "",
            listCredential: "",
            watch: BotSettings(name: "", id: "", credential: "")
        )
        var lastSuccess: Timestamp?
        var lists: [ClockReading] = []
        var known: [String: Known] = [:]
        while let field = try reader.next() {
            switch field.number {
            case 1: settings.name = try field.string()
            case 2: settings.watch.baseURL = try field.string()
            case 3: lastSuccess = try field.timestamp()
            case 4: lists.append(try field.clockReading())
            case 5:
                let (id, bot) = try Self.bot(from: field.message(), lists: lists)
                known[id] = bot
            case 6: settings.listCredential = try field.string()
            default: break
            }
        }
        self.init(settings, known: known, lastSuccess: lastSuccess)
    }

    /// - Parameter lists: When the lists came that the bots refer to, which stand before them.
    private static func bot(
        from reader: consuming FieldReader,
        lists: [ClockReading]
    ) throws(StoredFormError) -> (id: String, bot: Known) {
        var id = ""
        var bot = Known(name: "", lastSeen: ClockReading(wall: Timestamp(milliseconds: 0), uptime: 0, boot: 0))
        while let field = try reader.next() {
            switch field.number {
            case 1: id = try field.string()
            case 2: bot.name = try field.string()
            case 3: bot.defaultLanguage = try field.string()
            case 4: bot.isPublished = try field.bool()
            case 5:
                guard let number = Int(exactly: try field.uint64()), lists.indices.contains(number) else {
                    throw StoredFormError("a bot was seen in a list that is not there")
                }
                bot.lastSeen = lists[number]
            default: break
            }
        }
        guard !id.isEmpty else { throw StoredFormError("a bot has no id") }
        return (id, bot)
    }
}
