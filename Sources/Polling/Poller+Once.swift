import ServiceLifecycle

extension Poller {
    /// Polls until every target was polled once, and commits what came.
    ///
    /// - Parameter patience: What has not been polled by then is left.
    /// - Returns: Whether every target was polled.
    package func pollOnce(patience: Duration) async throws -> Bool {
        let deadline = ContinuousClock.now + patience
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
