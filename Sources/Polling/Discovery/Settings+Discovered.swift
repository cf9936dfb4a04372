import KoreAI
package import Settings

extension Settings {
    /// With the bots that were found. One that is configured by itself stays as it is.
    package func adding(_ discovered: [DiscoveredBots]) -> Settings {
        var settings = self
        var addresses = Set(bots.map { BotAddress(baseURL: $0.baseURL, id: $0.id) })
        var names = Set(bots.map(\.name))
        for found in discovered { settings.bots += found.bots(addresses: &addresses, names: &names) }
        return settings
    }
}
