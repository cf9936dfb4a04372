import Testing

@testable import Simulator

@Suite("Rate limits")
struct RateLimiterTests {
    private func time(_ seconds: Double) -> SimulatorTime { PlatformAsker.time(seconds) }

    @Test("Sixty requests pass in any minute, and the next one when the oldest is a minute old")
    func limitsTheMinute() {
        var limiter = RateLimiter(limits: Scenario.Limits(), speed: 1)
        for index in 0..<60 { #expect(limiter.admit("st-1", at: time(Double(index) * 0.5)) == nil) }
        let refusal = limiter.admit("st-1", at: time(45))
        #expect(refusal == RateLimiter.Refusal(window: .minute, wait: .seconds(15)))
        #expect(limiter.admit("st-1", at: time(59.999)) != nil)
        #expect(limiter.admit("st-1", at: time(60)) == nil)
        // The window rolls: the second one is still in it.
        #expect(limiter.admit("st-1", at: time(60.4)) != nil)
        #expect(limiter.admit("st-1", at: time(60.5)) == nil)
    }

    @Test("Thirty a minute is all that the hour allows for long")
    func limitsTheHour() {
        var limiter = RateLimiter(limits: Scenario.Limits(), speed: 1)
        for index in 0..<1800 { #expect(limiter.admit("st-1", at: time(Double(index))) == nil) }
        let refusal = limiter.admit("st-1", at: time(1800))
        #expect(refusal == RateLimiter.Refusal(window: .hour, wait: .seconds(1800)))
        #expect(limiter.admit("st-1", at: time(3600)) == nil)
        #expect(limiter.admit("st-1", at: time(3600)) != nil)
    }

    @Test("Each bot has its own budget")
    func separatesKeys() {
        var limiter = RateLimiter(limits: Scenario.Limits(perMinute: 1), speed: 1)
        #expect(limiter.admit("st-1", at: time(0)) == nil)
        #expect(limiter.admit("st-2", at: time(0)) == nil)
        #expect(limiter.admit("st-1", at: time(1)) != nil)
    }

    @Test("Speed shortens the windows")
    func followsSpeed() {
        var limiter = RateLimiter(limits: Scenario.Limits(perMinute: 1), speed: 60)
        #expect(limiter.admit("st-1", at: time(0)) == nil)
        #expect(limiter.admit("st-1", at: time(0.9))?.wait == .milliseconds(100))
        #expect(limiter.admit("st-1", at: time(1)) == nil)
    }

    @Test("Refused requests count only where the scenario says so")
    func countsRefused() {
        for (counts, passes) in [(false, true), (true, false)] {
            var limiter = RateLimiter(limits: Scenario.Limits(perMinute: 1, countsRefused: counts), speed: 1)
            #expect(limiter.admit("st-1", at: time(0)) == nil)
            #expect(limiter.admit("st-1", at: time(30))?.wait == .seconds(counts ? 60 : 30))
            #expect((limiter.admit("st-1", at: time(60)) == nil) == passes)
        }
    }

    @Test("Limits can be off")
    func isOff() {
        var limiter = RateLimiter(limits: .off, speed: 1)
        for _ in 0..<5000 where limiter.admit("st-1", at: time(0)) != nil { Issue.record("refused") }
    }

    @Test("A refusal's status, header and wording are the scenario's")
    func wordsRefusals() {
        let refusal = RateLimiter.Refusal(window: .minute, wait: .milliseconds(1001))
        let plain = RateLimiter(limits: Scenario.Limits(), speed: 1).reply(to: refusal)
        #expect(plain.status == 429)
        #expect(plain.headers == [Reply.jsonHeader])
        #expect(
            String(decoding: plain.body, as: UTF8.self) == """
                {"errors":[{"msg":"You've exceeded the per-minute rate limit. Please wait for sometime before \
                retrying.","code":429}]}
                """
        )
        let limits = Scenario.Limits(status: 400, retryAfter: true, wording: .older)
        let other = RateLimiter(limits: limits, speed: 1).reply(to: refusal)
        #expect(other.status == 400)
        #expect(other.headers.last == Reply.Header(name: "Retry-After", value: "2"))
        #expect(String(decoding: other.body, as: UTF8.self).contains("Rate limit for this API has been reached."))
        let hour = RateLimiter.Refusal(window: .hour, wait: .zero)
        let hourly = RateLimiter(limits: Scenario.Limits(retryAfter: true), speed: 1).reply(to: hour)
        #expect(String(decoding: hourly.body, as: UTF8.self).contains("the hourly rate limit"))
        #expect(hourly.headers.last?.value == "1")
    }

    @Test("A window forgets what is over, so that it does not grow")
    func forgets() {
        var window = RollingWindow()
        for index in 0..<100_000 {
            window.add(time(Double(index)))
            #expect(window.count(within: .seconds(60), at: time(Double(index))) == min(index + 1, 60))
        }
        #expect(window.storedCount < 300)
    }
}
