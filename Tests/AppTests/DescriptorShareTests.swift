import Testing

@testable import App

struct DescriptorShareTests {
    private func shares(_ limit: Int) -> DescriptorShares {
        DescriptorShares(limit: limit, used: 20, loops: 2, connections: 512, platform: 64)
    }

    @Test("where descriptors are enough, flags and configuration have what they ask for")
    func enough() {
        for limit in [1024, 524_288, .max] {
            #expect(shares(limit).connections == 512)
            #expect(shares(limit).platform == 64)
        }
    }

    @Test("connections, the platform and the reserve stay within the limit", arguments: [64, 128, 256, 512, 1024])
    func within(limit: Int) {
        let shares = shares(limit)
        #expect(shares.connections >= 2)
        #expect(shares.platform >= 1)
        #expect(shares.connections < shares.capacity)
        #expect(shares.capacity + shares.platform + 20 + 24 <= limit)
    }

    @Test("no limit is too small for a number", arguments: [0, 1, 20, 50])
    func tiny(limit: Int) {
        let shares = shares(limit)
        #expect(shares.connections >= 2)
        #expect(shares.capacity > shares.connections)
    }
}
