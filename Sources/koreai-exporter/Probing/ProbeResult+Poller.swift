import Polling
import Settings
import Tracking
import Web

extension ProbeResult {
    /// Polls the targets of a query now.
    ///
    /// - Parameter settings: In force: their secrets are not in the details.
    static func of(
        _ query: ProbeQuery,
        within patience: Duration,
        by poller: Poller,
        settings: @escaping @Sendable () -> Settings
    ) async -> ProbeResult {
        guard let all = poller.targets(ofBot: query.bot) else { return .unknownBot }
        let targets = all.filter(query.wants)
        guard !targets.isEmpty else { return .noTarget(available: all.map(\.words)) }
        let report = await poller.probe(targets, within: patience)
        return .answered(
            Answer(
                isSuccess: report.isSuccess,
                duration: report.duration,
                families: poller.excerpt(ofBot: query.bot, targets),
                details: { ProbeDetails(report, patience: patience).text(without: settings().secrets) }
            )
        )
    }
}

extension ProbeQuery {
    fileprivate func wants(_ target: Target) -> Bool {
        (collector.map { $0.rawValue == target.collector.rawValue } ?? true)
            && (language.map { $0 == target.language } ?? true) && (state.map { $0.rawValue == target.state } ?? true)
    }
}
