import Model
import Testing

@testable import Web

struct PageTests {
    private static let evil = "<script>alert('x')</script>\"&"

    private static let bot = {
        var training = TargetReport(
            .training(bot: evil, engine: .ml, language: "en", state: .published),
            attention: .failed
        )
        training.status = "in_progress"
        training.lastSuccess = Timestamp(milliseconds: 990_000)
        training.runningSince = Timestamp(milliseconds: 940_000)
        training.meanDuration = 30
        (training.ended, training.failed) = (7, 2)
        training.components = [
            TargetReport.Component(name: "ner", inSync: false, since: Timestamp(milliseconds: 400_000)),
            TargetReport.Component(name: evil, inSync: true),
        ]
        training.failure = TargetReport.Failure(reason: "auth", message: evil)
        var blank = TargetReport(
            .training(bot: evil, engine: .faq, language: "en", state: .published),
            attention: .fine
        )
        blank.isBlank = true
        var export = TargetReport(.export(bot: evil))
        export.progress = 0.25

        var bot = BotReport(name: evil, id: evil, labels: ["team": evil], attention: .failed)
        bot.targets = [
            training, blank, TargetReport(.training(bot: evil, engine: .faq, language: "de", state: .published)),
            export,
        ]
        bot.requestsLeft = RequestsLeft(
            minute: RequestsLeft.Window(remaining: 12, limit: 60),
            hour: RequestsLeft.Window(remaining: 90, limit: 1000)
        )
        bot.history.runs = [
            HistoryEntry(
                target: .training(bot: evil, engine: .faq, language: evil, state: .published),
                run: EndedRun(
                    outcome: .failed,
                    start: nil,
                    end: Timestamp(milliseconds: 900_000),
                    duration: 65_000,
                    bound: 4200,
                    id: "ds-0001",
                    reason: "no \(evil)"
                )
            )
        ]
        bot.history.actions = [
            ActionEntry(
                at: Timestamp(milliseconds: 940_000),
                bot: evil,
                action: "train_ml",
                language: "en",
                cause: "alert \(evil)",
                outcome: "cool_down",
                error: evil,
                runID: "ds-0002"
            )
        ]
        return bot
    }()

    private static let source = PageSource(
        listing: { query in
            BotListing(
                bots: query.text == "none" ? [] : [bot],
                counts: [.failed: 1, .fine: 60],
                matching: 61,
                page: min(query.page, 2),
                pages: 3
            )
        },
        bot: { $0 == evil ? bot : nil }
    )

    @Test("the overview says of a bot what needs attention, and runs nothing that a name holds")
    func overview() throws {
        let options = WebOptions(version: "1.2.3")
        let query = BotQuery(text: Self.evil, attention: .failed, page: 1)
        let listing = BotListing(bots: [Self.bot], counts: [.failed: 1, .fine: 60], matching: 61, page: 1, pages: 3)
        let html = try PageTemplates().overview(OverviewView(listing, query: query, options: options, now: 1000))
        for text in [
            "for 1 min, usually 30 s", "<progress max=\"30\" value=\"30\"", "1 out of sync for 10 min",
            "title=\"since 1970-01-01T00:06:40Z\"", "1 of 2 components in sync; out of sync: ner",
            "<span class=\"hidden\">data </span>10 s old", "<b>auth</b>, 1 target:", "polls fail: auth",
            "<span class=\"scarce\">12 of 60 requests left this minute, 90 of 1000 this hour</span>",
            "value=\"25\"", "Last 1 run, 1 failed, up to 1 min", "Page 2 of 3", "61 of 61 bots", "in progress",
            "none yet", "not polled",
        ] {
            #expect(html.contains(text), "\(text)")
        }
        #expect(!html.contains("<script>alert"))
        #expect(!html.contains("alert('x')"))
        #expect(!html.contains("style="))
        #expect(html.components("<svg") == 2)
        #expect(
            html.contains("href=\"./?q=%3Cscript%3Ealert%28%27x%27%29%3C%2Fscript%3E%22%26&amp;show=failed\" rel")
                == false
        )
    }

    @Test("a bot's history says how long a run took, and how far that may be off")
    func history() throws {
        let options = WebOptions(version: "1.2.3")
        let html = try PageTemplates().bot(BotPageView(Self.bot, options: options, now: 1000))
        #expect(html.contains(">1 min ± 5 s</td>"))
        #expect(html.contains("<div class=\"quiet\">no &lt;script&gt;"))
        #expect(html.contains("<div class=\"quiet\">ds-0001</div>"))
        #expect(html.contains("<span class=\"quiet\">ds-0002</span>"))
    }

    @Test("the page of a bot names its components, counts its targets' runs, and lists those that ended")
    func bot() throws {
        let html = try PageTemplates().bot(BotPageView(Self.bot, options: WebOptions(version: "1.2.3"), now: 1000))
        for text in [
            "<th scope=\"row\">ner</th>", "out of sync for 10 min", "in sync", "<td class=\"number\">7</td>",
            "<td class=\"number bad\">2</td>", "<td class=\"number\">30 s</td>", "1970-01-01T00:15:00Z", "1 min ago",
        ] {
            #expect(html.contains(text), "\(text)")
        }
        #expect(!html.contains("<script>alert"))
        #expect(!html.contains("style="))
    }

    @Test("only a run that takes more than twice its usual time stands out")
    func late() {
        for (elapsed, isLate) in [(10, false), (60, false), (61, true)] as [(Int64, Bool)] {
            var target = TargetReport(.export(bot: "banking"), attention: .active)
            target.runningSince = Timestamp(milliseconds: (1000 - elapsed) * 1000)
            target.meanDuration = 30
            #expect(TargetView(target, now: 1000).running?.isLate == isLate)
        }
    }

    @Test("a publish tells how old it is, which parts failed, and which languages were trained since")
    func publish() {
        var publish = TargetReport(.publish(bot: "banking"), attention: .failed)
        publish.status = "failed"
        publish.progress = 0.42
        publish.lastSuccessfulRun = Timestamp(milliseconds: 400_000)
        publish.failedParts = ["channels", "entity_node"]
        let models = [("en", 395), ("de", 700), ("fr", 940)].map { language, time in
            var model = TargetReport(
                .training(bot: "banking", engine: .ml, language: language, state: .configured),
                attention: .fine
            )
            model.lastSuccessfulRun = Timestamp(milliseconds: Int64(time) * 1000)
            return model
        }
        var bot = BotReport(name: "banking", id: "st-1", attention: .failed)
        bot.targets = models + [publish]
        let job = BotView(bot, now: 1000).jobs.first
        #expect(job?.title == "Publish")
        #expect(job?.target.published == "published 10 min ago")
        #expect(job?.target.unpublished == "de, fr trained 1 min ago, not published since")
        #expect(job?.target.failedParts == "failed: channels, entity node")
        #expect(job?.target.progress == 42)
        // Nobody knows what production has where no publish is known.
        var never = publish
        never.lastSuccessfulRun = nil
        #expect(TargetView(never, models: models, now: 1000).unpublished == nil)
    }

    @Test(
        "times are in UTC, whatever they are",
        arguments: [(0, "1970-01-01T00:00:00Z"), (1e300, "9999-12-31T23:59:59Z")]
    )
    func times(seconds: Double, text: String) {
        #expect(HumanText.time(seconds) == text)
    }

    @Test("pages load nothing from elsewhere, and unknown bots are not found")
    func answers() async throws {
        try await RunningWeb.with(source: Self.source) { web in
            for path in [
                "/", "/?q=none", "/?page=99999999999999999999&show=nonsense&q=%ff",
                "/bot?name=" + Self.evil.percentEncoded,
            ] {
                let answer = try await web.get(path)
                #expect(answer.status == "200 OK")
                #expect(answer.lowercased().contains("content-security-policy: default-src 'none'; "))
                #expect(answer.lowercased().contains("x-content-type-options: nosniff"))
                #expect(!answer.contains("//"), "an address of another host")
                #expect(!answer.contains("<script>alert"))
            }
            for path in ["/bot", "/bot?name=nobody"] {
                let answer = try await web.get(path)
                #expect(answer.status == "404 Not Found")
            }
            for path in ["/assets/style.css", "/assets/refresh.js", "/assets/icon.svg"] {
                let answer = try await web.get(path)
                #expect(answer.status == "200 OK")
            }
        }
    }

    @Test(
        "lengths of time are in their largest unit",
        arguments: [
            (-5.0, "0 s"), (59.9, "59 s"), (60, "1 min"), (3599, "59 min"), (7200, "2 h"), (200_000, "2 d"),
            (.infinity, "?"), (1e300, "11574074 d"),
        ]
    )
    func durations(seconds: Double, text: String) {
        #expect(HumanText.duration(seconds) == text)
    }
}

extension String {
    fileprivate func components(_ part: String) -> Int {
        var count = 0
        var rest = self[...]
        while let range = rest.firstRange(of: part) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}
