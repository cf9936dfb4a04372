import NIOCore

/// Runs a task on the thread of an event loop, so that what a connection receives is answered without waking another
/// thread. What runs there must be short: the loop's other connections wait for it.
final class EventLoopTaskExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) {
        self.loop = loop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
