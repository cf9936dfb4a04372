import CCurl
import Synchronization

/// What callers on any thread leave for the loop's thread: requests, cancellations, jobs and the wish to end.
final class Mailbox: Sendable {
    /// All that was left since the thread last looked.
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
        /// Whether the thread has freed all it had.
        var hasEnded = false
        var waitingForEnd: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let ids = Atomic<Admission.ID>(0)

    /// A number for a request, given once.
    func nextID() -> Admission.ID {
        ids.wrappingAdd(1, ordering: .relaxed).newValue
    }

    /// - Returns: `false` when the mailbox is closed: the submission was not taken and its continuation is the caller's.
    func submit(_ submission: Submission) -> Bool {
        state.withLock { state in
            guard !state.mail.isClosed else { return false }
            state.mail.submissions.append(submission)
            ring(&state)
            return true
        }
    }

    /// - Returns: `false` when the mailbox is closed: the job was not taken.
    func submit(_ job: UnownedJob) -> Bool {
        state.withLock { state in
            guard !state.mail.isClosed else { return false }
            state.mail.jobs.append(job)
            ring(&state)
            return true
        }
    }

    /// Asks for the end of a request. One that has ended already, or was never submitted, is not missed.
    func cancel(_ id: Admission.ID) {
        state.withLock { state in
            guard !state.mail.isClosed else { return }
            state.mail.cancellations.append(id)
            ring(&state)
        }
    }

    /// Refuses what comes from now on and asks the thread to end.
    func close() {
        state.withLock { state in
            guard !state.mail.isClosed else { return }
            state.mail.isClosed = true
            ring(&state)
        }
    }

    /// Calls back when the thread has ended; at once when it has already.
    func whenEnded(_ continuation: CheckedContinuation<Void, Never>) {
        let hasEnded = state.withLock { state in
            if !state.hasEnded { state.waitingForEnd.append(continuation) }
            return state.hasEnded
        }
        if hasEnded { continuation.resume() }
    }

    /// For the thread: all that has come. What `mail` held is dropped and its memory used for what comes next.
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

    /// For the thread, where it cannot work: ends what has come with an error, and all that comes.
    func refuseAll(with error: CurlError) {
        close()
        var mail = Mail()
        collect(into: &mail)
        for submission in mail.submissions { submission.continuation.resume(throwing: error) }
        for job in mail.jobs { globalConcurrentExecutor.enqueue(job) }
    }

    /// For the thread, before it waits: the bell rings when something comes, once.
    ///
    /// - Returns: `false` when something has come already: the thread must not wait.
    func fallAsleep(until bell: WakeUp) -> Bool {
        state.withLock { state in
            guard state.mail.isEmpty else { return false }
            state.bell = bell
            return true
        }
    }

    /// For the thread, as its last act.
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

/// A request on its way to the loop's thread, with all that its answer needs.
///
/// A class, as it goes through many hands, and a copy of its values would count all their references up and down in each.
final class Submission: Sendable {
    let id: Admission.ID
    let request: CurlRequest
    let origin: Origin
    /// When it was handed in.
    let start: ContinuousClock.Instant
    let deadline: ContinuousClock.Instant
    let continuation: CheckedContinuation<CurlResponse, any Error>

    /// Hands a request in now.
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
        // The sum of an instant and a duration traps when it overflows.
        deadline = start + min(max(request.timeout, .zero), Self.longestTimeout)
        self.continuation = continuation
    }

    /// What libcurl can count, in milliseconds of 32 bits: almost 25 days.
    private static let longestTimeout = Duration.milliseconds(Int32.max)

    /// The error when its time was over before it got a connection.
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
