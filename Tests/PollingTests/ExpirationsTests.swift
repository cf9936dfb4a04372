import KoreAI
import Model
import Testing

@testable import Polling

struct ExpirationsTests {
    private func at(_ seconds: Int64) -> Timestamp {
        Timestamp(milliseconds: seconds * 1000)
    }

    @Test("a target expires once, when its time has come")
    func once() {
        var expirations = Expirations()
        expirations.putOff(3, until: at(10))
        #expect(expirations.takeExpired(now: at(9)) == [])
        #expect(expirations.takeExpired(now: at(10)) == [3])
        #expect(expirations.takeExpired(now: at(1000)) == [])
    }

    @Test("a good reply puts it off, and one after it has expired begins anew")
    func putOff() {
        var expirations = Expirations()
        expirations.putOff(3, until: at(10))
        expirations.putOff(3, until: at(20))
        #expect(expirations.takeExpired(now: at(15)) == [])
        #expect(expirations.takeExpired(now: at(20)) == [3])
        expirations.putOff(3, until: at(30))
        #expect(expirations.takeExpired(now: at(30)) == [3])
    }

    @Test("targets expire in the order of their times")
    func order() {
        var expirations = Expirations()
        for target in 0..<5 {
            expirations.putOff(target, until: at(Int64(10 - target)))
        }
        #expect(expirations.takeExpired(now: at(8)) == [4, 3, 2])
        #expect(expirations.takeExpired(now: at(10)) == [1, 0])
    }
}
