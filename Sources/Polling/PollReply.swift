package import KoreAI
package import Tracking

/// What came of one poll.
package typealias PollReply = APICall<Observation>

extension APICall {
    /// The same call with its value seen as an observation.
    func observation(_ observation: (Value) -> Observation) -> PollReply {
        PollReply(
            endpoint: endpoint,
            code: code,
            duration: duration,
            result: result.map { Decoded(observation($0.value), unrecognized: $0.unrecognized) },
            exchange: exchange
        )
    }
}
