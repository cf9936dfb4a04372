/// Tasks may run on the loop's thread. A task that goes on where its response came needs no other thread to be woken, which
/// costs more than most of what tasks do with a response.
extension Mailbox: TaskExecutor {
    /// Once the mailbox is closed jobs run on the concurrency pool: they are never lost.
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if !submit(job) { globalConcurrentExecutor.enqueue(job) }
    }

    /// For the thread: runs the jobs that have come.
    func run(_ jobs: [UnownedJob]) {
        let executor = asUnownedTaskExecutor()
        for job in jobs { job.runSynchronously(on: executor) }
    }
}
