package import Testing

/// Waits until a condition holds, looking every few milliseconds, and records an issue where it does not within a time.
///
/// It is the only wait of the tests for something that nothing announces.
///
/// - Parameters:
///   - what: What is waited for, for the issue's text.
///   - time: The longest wait. Machines that build beside the tests are slow, so it is generous.
///   - condition: What has to become true. An error that it throws ends the wait.
package func eventually(
    _ what: Comment = "the condition holds",
    within time: Duration = .seconds(120),
    sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let deadline = clock.now + time
    while try await !condition() {
        guard clock.now < deadline else {
            Issue.record("after \(time) it is still not so that \(what)", sourceLocation: sourceLocation)
            return
        }
        try await clock.sleep(for: .milliseconds(5))
    }
}
