import Testing

@testable import Exposition

struct ScrapeDemandTests {
    private let start = ContinuousClock.now
    private let form = ScrapeForm(.text, .gzip)
    private let other = ScrapeForm(.openMetrics, .gzip)

    @Test("a form is refreshed so long before it is needed that twice the last refresh would be done")
    func lead() {
        var demand = ScrapeDemand()
        demand.lastRefresh[form] = .seconds(2)
        #expect(demand.scrape(of: form, by: "a", at: start) == nil)
        #expect(demand.scrape(of: form, by: "a", at: start + .seconds(15)) == nil)
        #expect(demand.scrape(of: form, by: "a", at: start + .seconds(30)) == start + .milliseconds(40_850))
        demand.lastRefresh[form] = nil
        #expect(demand.scrape(of: form, by: "a", at: start + .seconds(45)) == start + .milliseconds(59_850))
    }

    @Test("forms that nobody asked for are told once")
    func unused() {
        var demand = ScrapeDemand()
        _ = demand.scrape(of: form, by: "a", at: start)
        _ = demand.scrape(of: other, by: "a", at: start + .seconds(10))
        #expect(demand.forgetForms(unusedSince: start) == [])
        #expect(demand.forgetForms(unusedSince: start + .seconds(5)) == [form])
        #expect(demand.forgetForms(unusedSince: start + .seconds(5)) == [])
        #expect(demand.forgetForms(unusedSince: start + .seconds(11)) == [other])
    }
}
