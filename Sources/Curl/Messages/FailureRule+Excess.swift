extension FailureRule {
    static let largeHead = FailureRule(
        .tooLarge,
        "the response has more header lines than the \(ResponseHead.maximumBytes) bytes allowed",
        "check what answers there",
        detail: .hidden
    )

    static func largeBody(limit: Int) -> FailureRule {
        FailureRule(
            .tooLarge,
            "the response is larger than the \(limit) bytes allowed",
            "check what answers there, or raise the limit",
            detail: .hidden
        )
    }

    static func timeout(_ timeout: Duration, in phase: TransferPhase) -> FailureRule {
        FailureRule(
            .timeout,
            "the timeout of \(timeout) was over \(phase.description)",
            phase.advice,
            detail: .hidden
        )
    }
}
