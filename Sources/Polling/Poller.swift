package import Exposition
package import KoreAI
package import Logging
import Scheduling
import ServiceLifecycle
import Synchronization
import Tracking

/// Asks every target when it is due and shows what came.
package final class Poller: Service {
    private struct State {
        var schedule: Schedule
        var records: [PollRecord]
        var expirations = Expirations()
        var readiness: Readiness
        /// Budgets whose series are out of date.
        var usedBudgets: Set<Int> = []
        var budgetsShownAt: ContinuousClock.Instant
    }

    /// How long the loop sleeps at most. A poll that ends meanwhile may make its target due sooner than the loop knew;
    /// intervals are counted from when a poll was due, so this delay does not add up.
    private static let tick = Duration.milliseconds(20)

    /// How often the series of budgets that are used are brought up to date.
    private static let budgetTick = Duration.seconds(1)

    private let targets: [PollTarget]
    private let budgets: BudgetIndex
    private let client: KoreAIClient
    private let registry: Registry
    private let metrics: APIMetrics
    private let maxInFlight: Int
    private let logger: Logger
    private let clock = ContinuousClock()
    private let moments = MomentClock()
    private let state: Mutex<State>

    /// - Parameters:
    ///   - maxInFlight: Requests under way at once. More than there are connections would only wait, and time out,
    ///     inside the client.
    ///   - seed: Of the jitter.
    package init(
        plan: PollPlan,
        client: KoreAIClient,
        registry: Registry,
        maxInFlight: Int,
        seed: UInt64 = .random(in: .min ... .max),
        logger: Logger
    ) {
        targets = plan.targets
        budgets = BudgetIndex(plan)
        self.client = client
        self.registry = registry
        self.maxInFlight = max(1, maxInFlight)
        self.logger = logger
        metrics = APIMetrics(
            registry: registry,
            endpoints: Set(plan.targets.map(\.target.collector.endpoint)),
            budgets: Set(budgets.names),
            bots: Set(plan.targets.map(\.target.bot))
        )
        let now = clock.now
        state = Mutex(
            State(
                schedule: Schedule(
                    budgets.members,
                    budgets: Array(repeating: plan.limits, count: budgets.names.count),
                    now: now,
                    seed: seed
                ),
                records: targets.map { PollRecord($0.target) },
                readiness: Readiness(targets: targets.count, start: now),
                usedBudgets: Set(budgets.names.indices),
                budgetsShownAt: now - Self.budgetTick
            )
        )
        registry.update(plan.families())
    }

    /// Polls until the service is shut down; requests in flight are aborted then.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                while !Task.isCancelled {
                    for target in self.takeDue() {
                        group.addTask { await self.poll(target) }
                    }
                    self.expire()
                    self.showBudgets()
                    try? await self.clock.sleep(until: self.nextWakeUp())
                }
            }
        }
    }

    /// Whether every target was polled once, or had 30 s for it.
    package var isReady: Bool {
        state.withLock { $0.readiness.isReady(now: clock.now) }
    }

    /// Targets whose first poll has not ended.
    package var waitingTargets: Int {
        state.withLock { $0.readiness.waitingTargets }
    }

    /// How the targets do now.
    package var summary: PollSummary {
        PollSummary(state.withLock { $0.records })
    }

    private func takeDue() -> [Int] {
        let polls = state.withLock { $0.schedule.takeDue(now: clock.now, limit: maxInFlight) }
        for poll in polls where poll.isDelayed {
            metrics.countDelay(of: targets[poll.target])
        }
        return polls.map(\.target)
    }

    /// Shows what is left of the budgets that were used.
    private func showBudgets() {
        let now = clock.now
        state.withLock { state in
            guard now - state.budgetsShownAt >= Self.budgetTick else { return }
            state.budgetsShownAt = now
            for index in state.usedBudgets {
                registry.update(budgets.families(of: index, state.schedule.report(ofBudget: index, now: now)))
            }
            state.usedBudgets = state.usedBudgets.filter { !state.schedule.report(ofBudget: $0, now: now).isUntouched }
        }
    }

    private func nextWakeUp() -> ContinuousClock.Instant {
        let latest = clock.now + Self.tick
        return state.withLock { $0.schedule.nextDue.map { min($0, latest) } ?? latest }
    }

    private func poll(_ index: Int) async {
        let target = targets[index]
        guard let reply = try? await client.poll(target) else { return }
        metrics.count(reply, of: target)
        let now = moments.now
        let news = state.withLock { state in
            let news = state.records[index].finish(reply, at: now)
            if case .success = reply.result {
                state.expirations.putOff(index, until: now.wall.adding(target.maxAge))
            }
            let interval = state.schedule.finish(index, Schedule.Outcome(reply), now: clock.now)
            state.usedBudgets.insert(budgets.members[index].budget)
            state.records[index].setInterval(interval)
            // Under the lock, so that the changes of a target are shown in their order.
            registry.update(state.records[index].families())
            state.readiness.polled(index)
            return news
        }
        log(news, of: target.target)
    }

    private func expire() {
        let expired = state.withLock { state in
            let expired = state.expirations.takeExpired(now: .now)
            for index in expired {
                state.records[index].expire()
                registry.update(state.records[index].tracker.families())
            }
            return expired
        }
        for index in expired {
            logger.warning("values are too old to be shown", metadata: ["target": "\(targets[index].target)"])
        }
    }

    private func log(_ news: PollRecord.News, of target: Target) {
        switch news.turn {
        case .beganToFail(let error):
            logger.warning(
                "polls fail",
                metadata: [
                    "target": "\(target)", "reason": "\(error.reason.rawValue)", "code": "\(error.code)",
                    "error": "\(error.message)",
                ]
            )
        case .recovered:
            logger.info("polls succeed again", metadata: ["target": "\(target)"])
        case nil:
            break
        }
        for run in news.ended {
            var metadata: Logger.Metadata = [
                "target": "\(target)", "outcome": "\(run.outcome.rawValue)", "end": "\(run.end.iso8601)",
            ]
            if let duration = run.duration {
                metadata["duration"] = "\(Duration.milliseconds(duration))"
                metadata["bound"] = "\(Duration.milliseconds(run.bound))"
            }
            logger.info("a run ended", metadata: metadata)
        }
        for value in news.unrecognized {
            logger.warning(
                "a value of a reply is not understood",
                metadata: ["target": "\(target)", "field": "\(value.field)", "found": "\(value.found)"]
            )
        }
    }
}
