import KoreAI
import Scheduling
import Tracking

extension Schedule.Outcome {
    init(_ reply: PollReply) {
        self =
            switch reply.result {
            case .success(let decoded): decoded.value.isActive ? .active : .quiet
            case .failure(let error):
                switch error.reason {
                case .throttled: .throttled(retryAfter: error.retryAfter)
                case .auth: .refused
                default: .failed
                }
            }
    }
}
