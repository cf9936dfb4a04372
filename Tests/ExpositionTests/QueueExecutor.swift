import Dispatch

/// Runs tasks on a queue of its own, as an event loop does on its thread.
final class QueueExecutor: TaskExecutor {
    private static let key = DispatchSpecificKey<Bool>()

    /// Whether this runs on such a queue.
    static var isCurrent: Bool { DispatchQueue.getSpecific(key: key) == true }

    private let queue = DispatchQueue(label: "executor")

    init() {
        queue.setSpecific(key: Self.key, value: true)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
