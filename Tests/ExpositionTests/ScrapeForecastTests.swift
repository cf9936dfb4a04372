import Testing

@testable import Exposition

struct ScrapeForecastTests {
    private let start = ContinuousClock.now
    private let form = ScrapeForm(.text, .gzip)

    @Test("the third scrape at a regular time tells when the fourth comes")
    func regular() {
        #expect(expected(at: [0]) == nil)
        #expect(expected(at: [0, 15]) == nil)
        #expect(expected(at: [0, 15, 30.2]) == start + .seconds(45.4))
        #expect(expected(at: [0, 7, 15, 30]) == nil)
        #expect(expected(at: [0, 15, 30, 33]) == nil)
        #expect(expected(at: [0, 0.1, 0.2]) == nil)
        #expect(expected(at: [0, 400, 800]) == nil)
        #expect(expected(at: [0, 15, 30, 30]) == nil)
    }

    @Test("two clients that take turns are told apart, and so are the forms that one asks for")
    func clients() {
        var forecast = ScrapeForecast()
        for time in [0.0, 15, 30] {
            _ = forecast.next(afterScrapeAt: start + .seconds(time), by: "a", form)
            _ = forecast.next(afterScrapeAt: start + .seconds(time + 4), by: "b", form)
            _ = forecast.next(afterScrapeAt: start + .seconds(time + 5), by: "a", ScrapeForm(.openMetrics, .gzip))
        }
        #expect(forecast.next(afterScrapeAt: start + .seconds(45), by: "a", form) == start + .seconds(60))
        #expect(forecast.next(afterScrapeAt: start + .seconds(49), by: "b", form) == start + .seconds(64))
    }

    @Test("strangers do not push out who comes regularly, and take no more memory than a few clients do")
    func strangers() {
        var forecast = ScrapeForecast()
        for time in [0.0, 15, 30] { _ = forecast.next(afterScrapeAt: start + .seconds(time), by: "a", form) }
        for number in 0..<1000 { _ = forecast.next(afterScrapeAt: start + .seconds(31), by: "\(number)", form) }
        #expect(forecast.next(afterScrapeAt: start + .seconds(45), by: "a", form) == start + .seconds(60))
    }

    private func expected(at times: [Double]) -> ContinuousClock.Instant? {
        var forecast = ScrapeForecast()
        return times.map { forecast.next(afterScrapeAt: start + .seconds($0), by: "a", form) }.last ?? nil
    }
}
