import Exposition
import Scheduling

/// What is left of the budgets. It is asked at each scrape, because requests leave their windows while nothing happens.
struct BudgetSource: SampleSource {
    /// How each budget stands now, by its name.
    let reports: @Sendable () -> [(name: String, report: BudgetReport)]

    var families: [MetricFamily] { [PollFamilies.budgetLimit, PollFamilies.budgetRemaining] }

    func samples() -> [(family: MetricFamily, samples: [Sample])] {
        let reports = reports().sorted { $0.name < $1.name }
        func samples(_ minute: KeyPath<BudgetReport, Int>, _ hour: KeyPath<BudgetReport, Int>) -> [Sample] {
            reports.flatMap { name, report in
                [
                    Sample([name, "hour"], number: Double(report[keyPath: hour])),
                    Sample([name, "minute"], number: Double(report[keyPath: minute])),
                ]
            }
        }
        return [
            (PollFamilies.budgetLimit, samples(\.minuteLimit, \.hourLimit)),
            (PollFamilies.budgetRemaining, samples(\.minuteRemaining, \.hourRemaining)),
        ]
    }
}
