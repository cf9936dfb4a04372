import KoreAI
import Tracking

extension StatusRow {
    init(_ target: Target, _ result: Result<Observation, APIError>) {
        let kind =
            switch target {
            case .training(_, let engine, _, _): engine.rawValue
            case .export: "export"
            }
        self.init(bot: target.bot, kind: kind, language: target.language, state: target.state, status: "unknown")
        switch result {
        case .success(.mlTraining(let reply)):
            status = reply.status.rawValue
            outOfSync = reply.syncFlags.filter { !$0.inSync }.map(\.component)
        case .success(.faqTraining(let reply)):
            status = reply.status.rawValue
            changed = reply.modifiedOn?.seconds
        case .success(.mlExport(let reply)):
            status = reply.status.rawValue
            changed = reply.lastModified?.seconds
            if reply.status == .inProgress { progress = reply.percentComplete.map { min(max($0 / 100, 0), 1) } }
        case .failure(let error):
            failure = error.reason.rawValue
        }
    }
}
