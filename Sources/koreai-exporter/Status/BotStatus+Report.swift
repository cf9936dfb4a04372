import Archive
import KoreAI
import Polling
import Scheduling
import Settings
import Tracking
import Web

extension BotStatus {
    /// - Parameters:
    ///   - runs: The latest first.
    ///   - actions: The same.
    init(_ report: BotReport, runs: [HistoryEntry], actions: [ActionEntry] = []) {
        self.init(
            name: report.bot.name,
            id: report.bot.id,
            attention: BotAttention(report.attention),
            labels: report.bot.labels.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
            targets: report.targets.map(TargetStatus.init),
            budget: report.budget.map(BudgetStatus.init),
            runs: runs.map(RunStatus.init),
            actions: actions.map(ActionStatus.init)
        )
    }
}

extension TargetStatus {
    init(_ report: TargetReport) {
        let snapshot = report.snapshot
        self.init(
            collector: snapshot.target.collector.rawValue,
            language: snapshot.target.language,
            state: snapshot.target.state,
            status: snapshot.status,
            isBlank: snapshot.isBlank,
            attention: BotAttention(report.attention),
            lastAttempt: report.lastAttempt?.seconds,
            lastSuccess: snapshot.lastSuccess?.seconds,
            interval: report.interval.map { $0 / .seconds(1) },
            runningSince: snapshot.runningSince?.seconds,
            meanDuration: snapshot.meanDuration,
            ended: snapshot.ended,
            failed: snapshot.failed,
            flags: snapshot.flags.map { Flag(component: $0.component, inSync: $0.inSync, since: $0.since?.seconds) },
            progress: snapshot.progress,
            failure: report.failure.map { Failure(reason: $0.reason.rawValue, advice: $0.message) }
        )
    }
}

extension BudgetStatus {
    fileprivate init(_ report: BudgetReport) {
        self.init(
            minute: Window(remaining: report.minuteRemaining, limit: report.minuteLimit),
            hour: Window(remaining: report.hourRemaining, limit: report.hourLimit)
        )
    }
}

extension RunStatus {
    init(_ entry: HistoryEntry) {
        self.init(
            collector: entry.target.collector.rawValue,
            language: entry.target.language,
            state: entry.target.state,
            outcome: entry.run.outcome.rawValue,
            start: entry.run.start?.seconds,
            end: entry.run.end.seconds,
            duration: entry.run.duration.map { Double($0) / 1000 },
            bound: entry.run.duration.map { _ in Double(entry.run.bound) / 1000 }
        )
    }
}

extension ActionStatus {
    init(_ entry: ActionEntry) {
        self.init(
            at: entry.at.seconds,
            action: entry.action,
            language: entry.language,
            cause: entry.cause,
            outcome: entry.outcome,
            error: entry.error
        )
    }
}

extension BotAttention {
    init(_ attention: Attention) {
        self =
            switch attention {
            case .failed: .failed
            case .unreachable: .unreachable
            case .drifting: .drifting
            case .unknown: .unknown
            case .active: .active
            case .fine: .fine
            }
    }
}

extension Attention {
    init?(_ attention: BotAttention) {
        guard let found = Self.allCases.first(where: { BotAttention($0) == attention }) else { return nil }
        self = found
    }
}
