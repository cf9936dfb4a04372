import Archive
import Exposition
import KoreAI
import Model
import Scheduling
import Settings
import Tracking

extension PollState {
    /// The targets of a plan of which nothing is known but what the store has.
    func unknownTargets(in plan: PollPlan) -> [Target] {
        origins(of: plan).enumerated().filter { $0.element == nil }.map { plan.targets[$0.offset].target }
    }

    /// Goes on with another plan. Targets that both have keep what is known of them, when they are due, and their polls
    /// under way; budgets keep what was asked; those that are gone are committed once more and forgotten.
    ///
    /// - Parameter stored: What the store has of the ``unknownTargets(in:)``. What still waits to be stored is newer.
    /// - Returns: What is to be shown now: the plan, and nothing of the targets and bots that are gone.
    mutating func reload(
        _ plan: PollPlan,
        client: KoreAIClient,
        limit: Int,
        loaded stored: LoadedState,
        now: Instant,
        at moment: ClockReading
    ) -> [FamilySamples] {
        let (old, origins) = (self, origins(of: plan))
        let loaded = stored.overlaid(with: unsaved.outbox.pending)
        self.plan = plan
        self.client = client
        self.limit = max(1, limit)
        generation += 1
        budgets = BudgetIndex(plan)
        numbers = Self.numbers(of: plan)
        let oldBudgets = Dictionary(uniqueKeysWithValues: zip(old.budgets.names, old.budgets.names.indices))
        let budgetOrigins = budgets.names.map { oldBudgets[$0] }
        // A target that was refused is tried at once with another credential.
        let places = zip(plan.targets, origins).map { target, origin in
            origin.flatMap { old.isStuck($0, without: target.credential) ? nil : $0 }
        }
        schedule = Schedule(
            budgets.members,
            budgets: Array(repeating: plan.limits, count: budgets.names.count),
            limitsOfTarget: plan.countsByTarget ? plan.limits : nil,
            continuing: old.schedule,
            from: places,
            budgetsFrom: budgetOrigins,
            now: now,
            seed: .random(in: .min ... .max)
        )
        births = places.map { $0.map { old.births[$0] } ?? generation }
        records = zip(plan.targets, origins).map { target, origin in
            origin.map { old.records[$0] } ?? PollRecord(target, loaded: loaded, now: moment.wall)
        }
        readiness = old.readiness.continued(by: origins)
        unsaved.renumber { numbers[old.plan.targets[$0].target] }
        calls.change(to: plan.limits)
        let named = plan.requestBudgets
        calls.keep { named.contains($0) }
        restoreBudgets(
            loaded,
            where: { budgetOrigins[$0] == nil },
            isNewTarget: { places[$0] == nil },
            now: now,
            at: moment
        )
        note(loaded)
        return shown(instead: old)
    }

    /// The number that each of the plan's targets has now; `nil` for a new one, and for one of another bot by the same
    /// name.
    private func origins(of plan: PollPlan) -> [Int?] {
        plan.targets.map { target in
            numbers[target.target].flatMap { self.plan.targets[$0].isSameBot(as: target) ? $0 : nil }
        }
    }

    private func isStuck(_ number: Int, without credential: Credential) -> Bool {
        let isRefused = records[number].failure == .auth || records[number].failure == .scope
        return isRefused && plan.targets[number].credential !== credential
    }

    private func shown(instead old: PollState) -> [FamilySamples] {
        let gone = old.plan.targets.filter { numbers[$0.target] == nil }.map { PollRecord($0.target) }
        let bots = Set(plan.bots.map(\.name))
        let goneBots = old.plan.bots.filter { !bots.contains($0.name) }.flatMap { bot in
            [PollFamilies.botInfo, DiscoveryFamilies.botPublished].map { family in
                FamilySamples(family, group: SeriesGroup([bot.name]), [])
            }
        }
        return gone.flatMap { $0.emptyFamilies() } + goneBots + plan.families()
    }
}
