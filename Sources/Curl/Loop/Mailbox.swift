import CCurl
import Synchronization

/// A queue in which callers on any thread leave requests, cancellations, jobs and the wish to end for the loop's
/// thread.
final class Mailbox: Sendable {
    /// All that was left since the thread last collected it.
    struct Mail {
        var submissions: [Submission] = []
        var cancellations: [Admission.ID] = []
        var jobs: [UnownedJob] = []
        var isClosed = false

        var isEmpty: Bool { submissions.isEmpty && cancellations.isEmpty && jobs.isEmpty && !isClosed }
    }

    private struct State {
        var mail = Mail()
        /// Set while the thread waits for sockets, or is about to.
        var bell: WakeUp?
        /// Whether the thread has freed all that it had.
        var hasEnded = false
        var waitingForEnd: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let ids = Atomic<Admission.ID>(0)

    /// A new number for a request, which is never given twice.
    func nextID() -> Admission.ID {
        ids.wrappingAdd(1, ordering: .relaxed).newValue
    }

    /// Hands a request to the thread.
    ///
    /// - Returns: `false` if the mailbox is closed: the submission was not taken, and the caller has to resume its
    ///   continuation.
    func submit(_ submission: Submission) -> Bool {
        state.withLock { state in
            guard !state.mail.isClosed else { return false }
            state.mail.submissions.append(submission)
            ring(&state)
            return true
        }
    }

    /// Hands a job to the thread.
    ///
    /// - Returns: `false` if the mailbox is closed: the job was not taken.
    func submit(_ job: UnownedJob) -> Bool {
        state.withLock { state in
            guard !state.mail.isClosed else { return false }
            state.mail.jobs.append(job)
            ring(&state)
            return true
        }
    }

    /// Asks the thread to end a request. One that has ended already, or was never submitted, is ignored.
    func cancel(_ id: Admission.ID) {
        state.withLock { state in
            guard !state.mail.isClosed else { return }
            state.mail.cancellations.append(id)
            ring(&state)
        }
    }

    /// Refuses everything from now on and asks the thread to end.
    func close() {
        state.withLock { state in
            guard !state.mail.isClosed else { return }
            state.mail.isClosed = true
            ring(&state)
        }
    }

    /// Resumes a continuation when the thread has ended, at once if it has already.
    func whenEnded(_ continuation: CheckedContinuation<Void, Never>) {
        let hasEnded = state.withLock { state in
            if !state.hasEnded { state.waitingForEnd.append(continuation) }
            return state.hasEnded
        }
        if hasEnded { continuation.resume() }
    }

    /// Moves all that has come into `mail`; the thread calls it. What `mail` held is dropped, and its memory is reused.
    func collect(into mail: inout Mail) {
        mail.submissions.removeAll(keepingCapacity: true)
        mail.cancellations.removeAll(keepingCapacity: true)
        mail.jobs.removeAll(keepingCapacity: true)
        state.withLock { state in
            state.bell = nil
            mail.isClosed = state.mail.isClosed
            swap(&state.mail, &mail)
        }
    }

    /// Closes the mailbox and ends all that has come with an error; the thread calls it if the loop could not be made.
    func refuseAll(with error: CurlError) {
        close()
        var mail = Mail()
        collect(into: &mail)
        for submission in mail.submissions { submission.continuation.resume(throwing: error) }
        for job in mail.jobs { globalConcurrentExecutor.enqueue(job) }
    }

    /// Has the bell rung once when something comes; the thread calls it before it waits.
    ///
    /// - Returns: `false` if something has come already: the thread must not wait.
    func fallAsleep(until bell: WakeUp) -> Bool {
        state.withLock { state in
            guard state.mail.isEmpty else { return false }
            state.bell = bell
            return true
        }
    }

    /// Resumes all that wait for the thread's end; the thread calls it last.
    func notifyEnded() {
        let continuations = state.withLock { state in
            state.hasEnded = true
            defer { state.waitingForEnd = [] }
            return state.waitingForEnd
        }
        for continuation in continuations { continuation.resume() }
    }

    private func ring(_ state: inout State) {
        state.bell?.ring()
        state.bell = nil
    }
}

/// Runs tasks on the loop's thread. A task that continues where its response came needs no other thread to be woken,
/// which would cost more than most of what tasks do with a response.
extension Mailbox: TaskExecutor {
    /// Hands a job to the thread or, once the mailbox is closed, to the concurrency pool, so that no job is lost.
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if !submit(job) { globalConcurrentExecutor.enqueue(job) }
    }

    /// Runs the jobs that have come; the thread calls it.
    func run(_ jobs: [UnownedJob]) {
        let executor = asUnownedTaskExecutor()
        for job in jobs { job.runSynchronously(on: executor) }
    }
}

/// A request that is handed to the loop's thread, with its deadline and the continuation that waits for the response.
///
/// A class, because it is passed on often, and each copy of a struct would retain and release all its references.
final class Submission: Sendable {
    let id: Admission.ID
    let request: CurlRequest
    let origin: Origin
    /// When the request was handed in.
    let start: ContinuousClock.Instant
    let deadline: ContinuousClock.Instant
    let continuation: CheckedContinuation<CurlResponse, any Error>

    /// Makes a submission whose time starts now.
    init(
        id: Admission.ID,
        request: CurlRequest,
        origin: Origin,
        continuation: CheckedContinuation<CurlResponse, any Error>
    ) {
        self.id = id
        self.request = request
        self.origin = origin
        start = .now
        // Clamped, because the sum of an instant and a duration traps when it overflows.
        deadline = start + min(max(request.timeout, .zero), Self.longestTimeout)
        self.continuation = continuation
    }

    /// The longest time that libcurl can count in 32 bits of milliseconds: almost 25 days.
    private static let longestTimeout = Duration.milliseconds(Int32.max)

    /// The error if the timeout passed before the request got a connection.
    func timeoutWhileWaiting(proxy: Proxy?) -> CurlError {
        let waited = start.duration(to: .now)
        let report = FailureReport(
            origin: origin,
            proxy: proxy,
            code: Int(CURLE_OPERATION_TIMEDOUT.rawValue),
            timings: TransferTimings(waited: waited)
        )
        return report.error(following: .timeout(request.timeout, in: .waiting))
    }
}
