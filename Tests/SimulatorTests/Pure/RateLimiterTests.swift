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

    @Test(
        "Status calls are counted by request, bot or credential, a bot's other calls by bot, the list by account",
        arguments: [
            (Scenario.Limits.Scope.request, [1, 1, 2, 3, 4, 5, 6, 7, 7, 8]),
            (.bot, [1, 1, 1, 1, 1, 2, 1, 1, 1, 3]),
            (.credential, [1, 1, 1, 1, 1, 1, 1, 2, 2, 3]),
        ]
    )
    func choosesKeys(scope: Scenario.Limits.Scope, groups: [Int]) {
        let calls = [
            APIRequest(endpoint: .mlTrainStatus, bot: "st-1", query: ["language": "en", "state": "configured"]),
            // What it leaves out is the bot's default language and what is configured.
            APIRequest(endpoint: .mlTrainStatus, bot: "st-1"),
            APIRequest(endpoint: .mlTrainStatus, bot: "st-1", query: ["language": "en", "state": "published"]),
            APIRequest(endpoint: .mlTrainStatus, bot: "st-1", query: ["language": "de"]),
            APIRequest(endpoint: .faqTrainStatus, bot: "st-1", query: ["language": "en"]),
            APIRequest(endpoint: .mlExportStatus, bot: "st-2"),
            APIRequest(endpoint: .mlExportStatus, bot: "st-1"),
            APIRequest(endpoint: .mlTrain, bot: "st-1"), APIRequest(endpoint: .mlExport, bot: "st-1"),
            APIRequest(endpoint: .bots),
        ]
        let credential = Scenario.Credential(name: "main", clientID: "cs", clientSecret: "s")
        let keys = calls.map { RateLimiter.key($0, defaultLanguage: "en", credential: credential, per: scope) }
        func first(_ index: Int) -> Int { keys.firstIndex(of: keys[index]) ?? index }
        #expect(keys.indices.map(first) == keys.indices.map { groups.firstIndex(of: groups[$0]) ?? $0 }, "\(keys)")
    }

    @Test("Each key has its own budget")
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
        #expect(plain.headers == [.json])
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
