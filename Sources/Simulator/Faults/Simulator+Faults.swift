extension Simulator {
    /// Makes calls go wrong. Of several faults that fit a call, the first that was put in hits it.
    ///
    /// - Parameter times: How many calls it hits; `nil`: until it is removed.
    /// - Returns: The id to remove it by.
    @discardableResult
    package func inject(_ fault: Fault, matching match: FaultMatch = FaultMatch(), times: Int? = nil) -> Int {
        update { state, _ in state.faults.add(fault, matching: match, times: times) }
    }

    /// - Returns: Whether there was one.
    @discardableResult
    package func removeFault(_ id: Int) -> Bool {
        update { state, _ in state.faults.remove(id) }
    }

    package func removeFaults() {
        update { state, _ in state.faults.removeAll() }
    }
}
