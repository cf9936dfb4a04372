import NIOCore
import NIOEmbedded
import Testing

@testable import Web

struct ConnectionTableTests {
    private func channel() throws -> EmbeddedChannel {
        let channel = EmbeddedChannel()
        try channel.connect(to: .init(ipAddress: "127.0.0.1", port: 1)).wait()
        return channel
    }

    @Test("the connection that has waited longest gives way to a new one")
    func oldestWaiting() throws {
        let table = ConnectionTable(limit: 2)
        let channels = [try channel(), try channel(), try channel()]
        let first = table.admit(channels[0])
        _ = table.admit(channels[1])
        table.beginsAnswer(first)
        table.endsAnswer(first)
        _ = table.admit(channels[2])
        #expect(channels.map(\.isActive) == [true, false, true])
        #expect(table.count == 2)
    }

    @Test("one that is being answered stays while another waits, and gives way where none does")
    func answering() throws {
        let table = ConnectionTable(limit: 2)
        let channels = [try channel(), try channel(), try channel(), try channel()]
        table.beginsAnswer(table.admit(channels[0]))
        let second = table.admit(channels[1])
        let third = table.admit(channels[2])
        #expect(channels.map(\.isActive) == [true, false, true, true])
        table.beginsAnswer(third)
        table.beginsAnswer(second)
        _ = table.admit(channels[3])
        #expect(channels.map(\.isActive) == [false, false, true, true])
    }

    @Test("what waits for room is called once a connection is closed, not when it gives way")
    func room() throws {
        let table = ConnectionTable(limit: 1, capacity: 2)
        let channels = [try channel(), try channel()]
        for channel in channels { table.opened(channel) }
        _ = table.admit(channels[0])
        #expect(table.openCount == 2)
        #expect(!table.hasRoom)
        let loop = EmbeddedEventLoop()
        var calls = 0
        table.whenThereIsRoom(on: loop) { calls += 1 }
        loop.run()
        #expect(calls == 0)
        try channels[1].close().wait()
        channels[1].embeddedEventLoop.run()
        loop.run()
        #expect(table.hasRoom)
        #expect(calls == 1)
        table.whenThereIsRoom(on: loop) { calls += 1 }
        loop.run()
        #expect(calls == 2)
    }

    @Test("a pause is logged once a minute")
    func pauseLog() {
        let table = ConnectionTable(limit: 1)
        let start = ContinuousClock.now
        #expect(
            [0, 1, 59, 60, 61].map { table.mayLogPause(at: start + .seconds($0)) } == [true, false, false, true, false]
        )
    }

    @Test("one that ended makes room, also where it had given way before")
    func ended() throws {
        let table = ConnectionTable(limit: 1)
        let first = table.admit(try channel())
        let second = table.admit(try channel())
        table.ended(first)
        #expect(table.count == 1)
        table.endsAnswer(first)
        #expect(table.count == 1)
        table.ended(second)
        #expect(table.count == 0)
    }
}
