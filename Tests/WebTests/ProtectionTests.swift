import FoundationEssentials
import Model
import Settings
import Synchronization
import Testing

@testable import Web

struct ProtectionTests {
    /// Of "correct horse", with the least cost.
    static let hash = "$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e"

    private final class Inside: Sendable {
        let count = Mutex(0)
    }

    private func check(mostWaiting: Int = 16) -> PasswordCheck {
        PasswordCheck(users: ["alice": Secret(Self.hash)], lock: AsyncLock(maxWaiting: mostWaiting))
    }

    private func header(_ text: String) -> String {
        "Basic " + Array(text.utf8).base64
    }

    @Test("the right password is accepted, at first and remembered; everything else is refused")
    func passwords() async {
        let check = check()
        for _ in 1...2 {
            #expect(await check.check(BasicCredentials(header("alice:correct horse"))) == .accepted)
            for wrong in ["alice:wrong", "alice:", "bob:correct horse", ":correct horse", "alice:correct horse "] {
                #expect(await check.check(BasicCredentials(header(wrong))) == .refused)
            }
        }
        #expect(await check.check(nil) == .refused)
    }

    @Test("a password that is remembered needs no bcrypt, so it passes while others wait")
    func remembered() async {
        let lock = AsyncLock(maxWaiting: 0)
        let check = PasswordCheck(users: ["alice": Secret(Self.hash)], lock: lock)
        #expect(await check.check(BasicCredentials(header("alice:correct horse"))) == .accepted)
        _ = await lock.withLockUnlessCrowded {
            #expect(await check.check(BasicCredentials(header("alice:correct horse"))) == .accepted)
            #expect(await check.check(BasicCredentials(header("alice:wrong"))) == .overloaded)
            #expect(await check.check(BasicCredentials(header("bob:wrong"))) == .overloaded)
        }
    }

    @Test("credentials are read as RFC 7617 has them")
    func credentials() {
        #expect(BasicCredentials(header("a:b:c"))?.user == "a")
        #expect(BasicCredentials(header("a:b:c"))?.password == Array("b:c".utf8))
        #expect(BasicCredentials("bAsIc " + Array("a:b".utf8).base64)?.user == "a")
        #expect(BasicCredentials("basic   " + Array("a:b".utf8).base64)?.password == Array("b".utf8))
        for bad in ["", "Basic", "Basic !!", header("ab"), header("a:b\u{0}c"), "Bearer " + Array("a:b".utf8).base64] {
            #expect(BasicCredentials(bad) == nil)
        }
    }

    @Test("a bucket lets a burst pass, then one after each interval, and no more after a pause")
    func bucket() {
        let start = ContinuousClock.now
        var bucket = TokenBucket(WebRateLimit(interval: .seconds(1), burst: 2))
        let allowed = [0, 0, 999, 1000, 1500].map { bucket.allows(at: start + .milliseconds($0)) }
        #expect(allowed == [true, true, false, true, false])
        let later = (0..<3).map { _ in bucket.allows(at: start + .seconds(60)) }
        #expect(later == [true, true, false])
    }
}

extension [UInt8] {
    var base64: String { Data(self).base64EncodedString() }
}
