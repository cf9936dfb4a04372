extension Simulator {
    /// What was asked so far.
    package func requests() -> RequestCounts {
        update { state, _ in state.counts }
    }

    /// Counts from nothing again; connections and requests that are under way stay counted.
    package func resetRequests() {
        update { state, _ in state.counts.reset() }
    }

    /// Waits until what was asked comes to something, so that a test need not sleep.
    ///
    /// - Throws: `CancellationError`.
    @discardableResult
    package func requests(
        until condition: @escaping @Sendable (RequestCounts) -> Bool
    ) async throws -> RequestCounts {
        try await watch.wait(for: condition, counts: requests)
    }
}
