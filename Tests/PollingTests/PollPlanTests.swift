import Exposition
import Model
import Settings
import Testing
import Tracking

@testable import Polling

struct PollPlanTests {
    private let credentials = [CredentialSettings(name: "main", source: .token(Secret("t")))]

    @Test("a bot has a target for each training collector, language and state, and one for exports")
    func targets() {
        let settings = Settings(
            credentials: credentials,
            bots: [BotSettings(name: "banking", id: "st-1", credential: "main", languages: ["en", "de"])]
        )
        let plan = PollPlan(settings)
        #expect(
            plan.targets.map(\.target.description).sorted() == [
                "banking/faq_training/de/configured", "banking/faq_training/de/published",
                "banking/faq_training/en/configured", "banking/faq_training/en/published",
                "banking/ml_export",
                "banking/ml_training/de/configured", "banking/ml_training/de/published",
                "banking/ml_training/en/configured", "banking/ml_training/en/published",
            ]
        )
        #expect(Set(plan.targets.map(\.budget)) == [.status("banking")])
        #expect(plan.targets.map(\.hasOwnBudget).allSatisfy { $0 })
    }

    @Test("only what is configured is polled")
    func chosen() {
        let settings = Settings(
            credentials: credentials,
            budgets: BudgetSettings(per: .credential),
            bots: [
                BotSettings(
                    name: "banking",
                    id: "st-1",
                    credential: "main",
                    languages: ["de"],
                    states: [.published],
                    collectors: [.faqTraining]
                )
            ]
        )
        let plan = PollPlan(settings)
        #expect(plan.targets.map(\.target.description) == ["banking/faq_training/de/published"])
        #expect(plan.targets.map(\.budget) == [.status("main")])
        #expect(plan.targets.map(\.hasOwnBudget) == [false])
    }

    @Test("the configuration shows as bot info with the bot's labels, and as numbers of targets")
    func families() {
        let settings = Settings(
            credentials: credentials,
            bots: [
                BotSettings(name: "b", id: "st-2", credential: "main"),
                BotSettings(name: "a", id: "st-1", credential: "main", labels: ["team": "cards", "env": "prod"]),
            ]
        )
        let registry = Registry()
        registry.update(PollPlan(settings).families())
        #expect(
            String(decoding: registry.text(), as: UTF8.self) == """
                # HELP koreai_bot_info A configured bot, with its own labels from the configuration; always 1.
                # TYPE koreai_bot_info gauge
                koreai_bot_info{bot="a",bot_id="st-1",base_url="https://platform.kore.ai",env="prod",team="cards"} 1
                koreai_bot_info{bot="b",bot_id="st-2",base_url="https://platform.kore.ai"} 1
                # HELP koreai_exporter_targets Targets that are configured to be polled.
                # TYPE koreai_exporter_targets gauge
                koreai_exporter_targets{collector="faq_training"} 4
                koreai_exporter_targets{collector="ml_export"} 2
                koreai_exporter_targets{collector="ml_training"} 4
                koreai_exporter_targets{collector="publish"} 0

                """
        )
    }

    @Test("a bot that a list says is not published is not asked about its published version; all else of it is")
    func notPublished() {
        func plan(_ isPublished: Bool?) -> PollPlan {
            PollPlan(
                Settings(
                    credentials: credentials,
                    bots: [
                        BotSettings(
                            name: "banking",
                            id: "st-1",
                            credential: "main",
                            collectors: [.mlTraining, .faqTraining, .mlExport, .publish],
                            isPublished: isPublished
                        )
                    ]
                )
            )
        }
        let all = plan(nil).targets.map(\.target.description)
        #expect(all.count == 6)
        #expect(plan(true).targets.map(\.target.description) == all)
        #expect(plan(false).targets.map(\.target.description) == all.filter { !$0.hasSuffix("/published") })
        for (isPublished, line) in [(true, "koreai_bot_published{bot=\"banking\"} 1\n"), (false, "\"banking\"} 0\n")] {
            let registry = Registry()
            registry.update(plan(isPublished).families())
            #expect(String(decoding: registry.text(), as: UTF8.self).contains(line))
            registry.update(plan(nil).families())
            #expect(!String(decoding: registry.text(), as: UTF8.self).contains("koreai_bot_published"))
        }
    }
}
