package import Archive
package import Exposition
package import KoreAI
package import Logging
import Model
import Scheduling
import ServiceLifecycle
import Synchronization
import Tracking

/// Asks every target when it is due, commits what came, and shows it then.
package final class Poller: Service {
    /// How long the loop sleeps at least: what is due meanwhile is asked at once. To wake up for each poll alone would
    /// cost more than the poll.
    private static let shortestSleep = Duration.milliseconds(50)
    /// How long the loop sleeps at most. A poll that ends meanwhile may make its target due sooner than the loop knew;
    /// intervals are counted from when a poll was due, so this delay does not add up.
    private static let longestSleep = Duration.milliseconds(100)
    /// The pause between two commits. What comes meanwhile is one transaction.
    private static let commitInterval = Duration.milliseconds(500)
    /// The pause between two tries to commit while the store fails.
    private static let retryInterval = Duration.seconds(1)

    let registry: Registry
    private let archive: Archive
    let metrics: PollMetrics
    let log: PollLog
    let clock = ContinuousClock()
    private let clocks = SystemClocks()
    let state: Mutex<PollState>
    /// Held by what changes the store and what is shown, one at a time.
    private let lock = AsyncLock()
    let waiters = ProbeWaiters()
    private let probes: AsyncStream<ProbeWork>
    let probeWork: AsyncStream<ProbeWork>.Continuation

    /// - Parameters:
    ///   - loaded: What the store has of the plan's targets and budgets.
    ///   - maxInFlight: Requests under way at once. More than there are connections would only wait, and time out,
    ///     inside the client.
    ///   - resumes: Whether targets that were asked less than an interval ago wait for what is left of it.
    ///   - seed: The seed of the jitter.
    package init(
        plan: PollPlan,
        client: KoreAIClient,
        archive: Archive,
        loaded: LoadedState,
        registry: Registry,
        maxInFlight: Int,
        resumes: Bool = true,
        seed: UInt64 = .random(in: .min ... .max),
        logger: Logger
    ) {
        self.registry = registry
        self.archive = archive
        (probes, probeWork) = AsyncStream.makeStream()
        log = PollLog(logger: logger)
        metrics = PollMetrics(registry: registry)
        var initial = PollState(
            plan,
            client: client,
            limit: maxInFlight,
            loaded: loaded,
            resumes: resumes,
            now: clock.now,
            at: clocks.now,
            seed: seed
        )
        metrics.know(plan)
        registry.update(plan.families() + initial.takeStored())
        state = Mutex(initial)
        registry.register(BudgetSource { [weak self] in self?.budgetReports ?? [] })
    }

    /// Polls until the service is shut down; requests in flight are aborted then, and what came is committed.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { await self.commitFromTimeToTime() }
                group.addTask { await self.runProbes() }
                while !Task.isCancelled {
                    for ticket in self.takeDue() {
                        group.addTask(executorPreference: ticket.client.executor) { await self.poll(ticket) }
                    }
                    self.expire()
                    try? await self.clock.sleep(until: self.nextWakeUp())
                }
            }
        }
        waiters.close()
        _ = await commit()
    }

    /// The plan that is followed.
    package var plan: PollPlan {
        look(\.plan)
    }

    /// Follows another plan from now on. What did not change goes on as if nothing had happened.
    ///
    /// - Throws: ``ArchiveError`` where the store cannot tell what it has of the new targets. The old plan stands then.
    package func reload(_ plan: PollPlan, client: KoreAIClient, maxInFlight: Int) async throws {
        try await lock.hold {
            let loaded = try await archive.load(look { $0.unknownTargets(in: plan) })
            metrics.know(plan)
            state.withLock { state in
                registry.update(
                    state.reload(
                        plan,
                        client: client,
                        limit: maxInFlight,
                        loaded: loaded,
                        now: clock.now,
                        at: clocks.now
                    )
                )
            }
        }
    }

    /// Whether every target was polled once, or had 30 s for it.
    package var isReady: Bool {
        look { $0.readiness.isReady(now: clock.now) }
    }

    /// Targets whose first poll has not ended.
    package var waitingTargets: Int {
        look(\.readiness.waitingTargets)
    }

    /// How the targets do now.
    package var summary: PollSummary {
        PollSummary(look(\.records))
    }

    /// Reads the state without changing it.
    func look<Value: Sendable>(_ body: (PollState) -> Value) -> Value {
        state.withLock { body($0) }
    }

    private var budgetReports: [(name: String, report: BudgetReport)] {
        look { $0.budgetReports(now: clock.now) }
    }

    private func takeDue() -> [PollTicket] {
        let tickets = state.withLock { $0.takeDue(now: clock.now) }
        for ticket in tickets where ticket.isDelayed {
            metrics.countDelay(of: ticket.target)
        }
        return tickets
    }

    private func nextWakeUp() -> ContinuousClock.Instant {
        let now = clock.now
        let (earliest, latest) = (now + Self.shortestSleep, now + Self.longestSleep)
        return look { $0.schedule.nextDue.map { max(earliest, min($0, latest)) } ?? latest }
    }

    private func poll(_ ticket: PollTicket) async {
        guard let reply = try? await ticket.client.poll(ticket.target) else { return }
        metrics.count(reply, of: ticket.target)
        let (news, lowered, hasWanted) = state.withLock { state in
            let now = clock.now
            let news = state.finish(ticket, reply, now: now, at: clocks.now)
            return (news, state.takeLowered(now: now), !state.probes.wanted.isEmpty)
        }
        notifyProbes(reply, of: ticket.target.target, hasWanted: hasWanted)
        if let news {
            metrics.count(news.unplaced, of: ticket.target)
            log.write(news, of: ticket.target.target)
        }
        for (budget, report) in lowered { log.writeLoweredBudget(budget, to: report) }
    }

    private func runProbes() async {
        await withDiscardingTaskGroup { group in
            for await work in probes {
                switch work {
                case .poll(let ticket):
                    group.addTask(executorPreference: ticket.client.executor) { await self.poll(ticket) }
                case .notify(let waiters, let outcome, let target):
                    group.addTask {
                        _ = await self.commit()
                        waiters.notify(outcome, of: target)
                    }
                }
            }
        }
    }

    private func expire() {
        let expired = state.withLock { state in
            let expired = state.expire(now: .now).map { state.records[$0].tracker }
            // Under the lock, as every change of what is shown, so that changes of a target are shown in their order.
            for tracker in expired { registry.update(tracker.families()) }
            return expired
        }
        for tracker in expired { log.writeExpiry(tracker.target) }
    }

    private func commitFromTimeToTime() async {
        await purge()
        while !Task.isCancelled {
            let isDone = await commit()
            await countCommands()
            try? await clock.sleep(for: isDone ? Self.commitInterval : Self.retryInterval)
        }
    }

    /// Counts what commands asked of the platform beside us, out of the same budgets.
    private func countCommands() async {
        // A store that fails is told of by the next commit.
        guard let requests = try? await archive.takeCommandRequests(), !requests.isEmpty else { return }
        for request in requests { metrics.count(request) }
        state.withLock { $0.count(requests, now: clock.now, at: clocks.now) }
    }

    /// Commits what changed, and shows it then.
    ///
    /// - Returns: Whether the store did it.
    private func commit() async -> Bool {
        await lock.hold { await commitHoldingLock() }
    }

    private func commitHoldingLock() async -> Bool {
        let changes = state.withLock { $0.takeChanges(now: clock.now, at: clocks.now) }
        guard !changes.isEmpty else { return true }
        do {
            if !changes.batch.isEmpty {
                try await archive.commit(changes.batch)
                log.writeStoreRecovery()
            }
        } catch {
            metrics.countStoreFailure()
            state.withLock { registry.update($0.giveBack(changes)) }
            log.writeStoreFailure(error)
            if error.reason.needsNewDatabase { await startStoreAnew() }
            return false
        }
        state.withLock { registry.update($0.committed(changes)) }
        return true
    }

    /// Puts all that is known into a new database, because the one that there was is lost.
    private func startStoreAnew() async {
        do {
            try await archive.startAnew()
            state.withLock { $0.saveAll() }
        } catch {
            log.writeStoreFailure(error)
        }
    }

    /// Forgets what the store has of targets that have not been configured for long.
    private func purge() async {
        let targets = plan.targets.map(\.target)
        if let purged = try? await archive.purge(except: targets), purged > 0 { log.writePurge(purged) }
    }
}

extension Poller {
    /// Polls until every target was polled once, and commits what came.
    ///
    /// - Parameter timeout: What has not been polled by then is left.
    /// - Returns: Whether every target was polled.
    package func pollOnce(timeout: Duration) async throws -> Bool {
        let deadline = ContinuousClock.now + timeout
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.run() }
            while waitingTargets > 0, .now < deadline, !Task.isCancelled {
                try? await Task.sleep(for: .milliseconds(20))
            }
            group.cancelAll()
            try await group.waitForAll()
        }
        return waitingTargets == 0
    }
}

extension Poller {
    /// Asks for the list of an account's bots, page for page as soon as the account's budget pays for it. Each page is
    /// counted as every other request.
    ///
    /// - Parameter timeout: The longest time of one request.
    /// - Throws: `CancellationError`.
    package func listBots(
        baseURL: String,
        credential: Credential,
        timeout: Duration
    ) async throws -> Result<BotList, APIError> {
        let budget = RequestBudget.account(credential.name)
        return try await look(\.client).allBots(
            baseURL: baseURL,
            credential: credential,
            timeout: timeout,
            beforePage: { try await pay(from: budget) },
            afterPage: { page in ended(page, of: budget) }
        ).result.map(\.value)
    }

    private func pay(from budget: RequestBudget) async throws {
        while let chance = state.withLock({ $0.takeCall(of: budget, now: clock.now) }) {
            try await clock.sleep(until: chance)
        }
    }

    private func ended<Value>(_ call: APICall<Value>, of budget: RequestBudget) {
        metrics.count(call, ofBudget: budget)
        let lowered = state.withLock {
            $0.endCall(budget, call.result.failure, requests: call.requests, now: clock.now)
        }
        if let lowered { log.writeLoweredBudget(budget.label, to: lowered) }
    }
}
