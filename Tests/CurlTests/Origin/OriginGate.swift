import Synchronization

/// Lets requests through in groups: each waits until its group is complete.
final class OriginGate: Sendable {
    private let size: Int
    private let waiting = Mutex<[@Sendable () -> Void]>([])

    /// - Parameter size: how many make a group.
    init(size: Int) {
        self.size = size
    }

    /// - Parameter pass: called when the group is complete, on any thread.
    func arrive(_ pass: @escaping @Sendable () -> Void) {
        let group = waiting.withLock { waiting -> [@Sendable () -> Void] in
            waiting.append(pass)
            guard waiting.count >= size else { return [] }
            defer { waiting = [] }
            return waiting
        }
        for pass in group { pass() }
    }
}
