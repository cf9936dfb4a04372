import Model
import Settings
import Testing

struct DemandSummaryTests {
    private static func settings(_ bots: [BotSettings], budgets: BudgetSettings = BudgetSettings()) -> Settings {
        let names = ["main", "other", "unused"]
        return Settings(
            credentials: names.map { CredentialSettings(name: $0, source: .token(Secret("x"))) },
            budgets: budgets,
            bots: bots
        )
    }

    private static func bot(
        _ name: String,
        interval: Duration = .seconds(60),
        languages: [String] = ["en"],
        credential: String = "main"
    ) -> BotSettings {
        BotSettings(name: name, id: name, credential: credential, languages: languages, pollInterval: interval)
    }

    @Test("A bot has a target for each language and state of a training collector, and one export")
    func targets() {
        #expect(Self.bot("a", languages: ["en", "de"]).targetCount == 9)
        #expect(BotSettings(name: "a", id: "a", credential: "a", collectors: [.mlExport]).targetCount == 1)
        #expect(
            BotSettings(name: "a", id: "a", credential: "a", states: [.published], collectors: [.faqTraining])
                .targetCount == 1
        )
    }

    @Test("A bot is said to ask for so many requests of so many sustained")
    func fits() {
        let summary = DemandSummary(
            Self.settings([Self.bot("banking", languages: ["en", "de"]), Self.bot("cards", interval: .seconds(300))])
        )
        #expect(
            summary.render() == """
                banking: 9 targets at 60s ask for 9 requests a minute of 270 sustained
                cards: 5 targets at 5m ask for 1 request a minute of 150 sustained
                total: 2 bots, 14 targets ask for 10 requests a minute
                """
        )
        #expect(summary.fits)
    }

    @Test("A bot that asks for too much is told how long its interval will be")
    func overBudget() {
        let summary = DemandSummary(
            Self.settings([Self.bot("slow", languages: (0..<50).map { "l\($0)" })], budgets: BudgetSettings(per: .bot))
        )
        #expect(
            summary.bots.map { $0.render() } == [
                "slow: 201 targets at 60s ask for 201 requests a minute of 30 sustained; so that enough is left for what "
                    + "runs, poll_interval stretches to about 8m55s"
            ]
        )
        #expect(!summary.fits)
    }

    @Test("Where targets have budgets of their own, only their interval counts, not how many they are")
    func targetBudgets() {
        let many = Self.bot("many", languages: (0..<50).map { "l\($0)" })
        #expect(DemandSummary(Self.settings([many])).fits)
        let often = Self.bot("often", interval: .seconds(2))
        #expect(!DemandSummary(Self.settings([often])).fits)
    }

    @Test("Half of the budget fits, and the smaller of the two windows counts")
    func half() {
        let minute = BudgetSettings(per: .bot, requestsPerMinute: 10, requestsPerHour: 1800)
        #expect(DemandSummary(Self.settings([Self.bot("a")], budgets: minute)).fits)
        let less = BudgetSettings(per: .bot, requestsPerMinute: 9, requestsPerHour: 1800)
        #expect(!DemandSummary(Self.settings([Self.bot("a")], budgets: less)).fits)
        let hour = BudgetSettings(per: .bot, requestsPerMinute: 60, requestsPerHour: 540)
        #expect(!DemandSummary(Self.settings([Self.bot("a")], budgets: hour)).fits)
    }

    @Test("Bots that share a credential's budget are counted together")
    func sharedBudget() {
        let budgets = BudgetSettings(per: .credential, requestsPerMinute: 10, requestsPerHour: 360)
        let bots = [
            Self.bot("a"), Self.bot("b", interval: .seconds(30)),
            Self.bot("c", interval: .seconds(3600), credential: "other"),
        ]
        let summary = DemandSummary(Self.settings(bots, budgets: budgets))
        #expect(
            summary.render() == """
                a: 5 targets at 60s ask for 5 requests a minute
                b: 5 targets at 30s ask for 10 requests a minute
                c: 5 targets at 1h ask for less than 0.1 requests a minute
                credential main: 2 bots, 10 targets ask for 15 requests a minute of 6 sustained; so that enough is left for what \
                runs, the poll_intervals stretch to about 3.3 times their length
                credential other: 5 targets at 1h ask for less than 0.1 requests a minute of 6 sustained
                total: 3 bots, 15 targets ask for 15.1 requests a minute
                """
        )
        #expect(!summary.fits)
    }

    @Test("A single target speaks in the singular")
    func singular() {
        let bot = BotSettings(
            name: "a",
            id: "a",
            credential: "main",
            collectors: [.mlExport],
            pollInterval: .milliseconds(100)
        )
        #expect(
            DemandSummary(Self.settings([bot])).bots.map { $0.render() } == [
                "a: 1 target at 100ms asks for 600 requests a minute of 30 sustained; so that enough is left for what "
                    + "runs, poll_interval stretches to about 3s"
            ]
        )
    }
}
