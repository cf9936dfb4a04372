import CCurl

/// Runs the transfers of a client on one multi handle.
///
/// It lives on one thread, from `init` to `deinit`: all calls of libcurl's easy and multi functions are made there, but
/// for ``WakeUp``.
final class TransferLoop {
    private let multi: OpaquePointer
    private let mailbox: Mailbox
    private let settings: EasySettings
    private let proxy: Proxy?
    private var mail = Mailbox.Mail()
    private var admission: Admission
    private var waiting: [Admission.ID: Submission] = [:]
    private var active: [Admission.ID: Transfer] = [:]
    /// Handles for the next transfers, the one used last at the end.
    private var idle: [Transfer] = []
    /// Since when connections to an origin are not to be trusted: a transfer on one that stood already got no reply in its
    /// time. Those that are older than that may lead to the same silence.
    private var distrustedSince: [Origin: ContinuousClock.Instant] = [:]

    init(configuration: CurlConfiguration, mailbox: Mailbox) throws(CurlError) {
        guard let multi = curl_multi_init() else {
            throw CurlError(reason: .other, message: "libcurl has no memory for a client")
        }
        let total = min(max(1, configuration.maxConnections), Int(Int32.max))
        let perOrigin = min(max(1, configuration.maxConnectionsPerHost), total)
        self.multi = multi
        self.mailbox = mailbox
        settings = EasySettings(configuration: configuration, hasSystemCAFile: LibCurl.hasSystemCAFile)
        proxy = configuration.proxy
        admission = Admission(limit: total, limitPerOrigin: perOrigin)
        // They bound idle connections; `Admission` bounds the busy ones.
        for (option, value) in [
            (CURLMOPT_MAX_TOTAL_CONNECTIONS, total), (CURLMOPT_MAXCONNECTS, total),
            (CURLMOPT_MAX_HOST_CONNECTIONS, perOrigin),
        ] {
            let result = ccurl_multi_set_long(multi, option, value)
            guard result == CURLM_OK else { throw Self.failure(result, "the connection limits were refused") }
        }
    }

    deinit {
        active = [:]
        idle = []
        curl_multi_cleanup(multi)
    }

    /// Works until the mailbox is closed; then what is left ends with an error.
    func run() {
        while true {
            mailbox.collect(into: &mail)
            for submission in mail.submissions { accept(submission) }
            for id in mail.cancellations { fail(id) { _, _ in CancellationError() } }
            mailbox.run(mail.jobs)
            if mail.isClosed { break }
            work()
            sleep()
        }
        for id in Array(active.keys) + Array(waiting.keys) { fail(id) { _, _ in CurlError.shutDown } }
    }

    private func accept(_ submission: Submission) {
        waiting[submission.id] = submission
        admission.arrive(submission.id, at: submission.origin, deadline: submission.deadline)
    }

    /// Starts what may start, moves all transfers on and answers those that ended, until there is nothing more to start.
    private func work() {
        for id in admission.expired(at: .now) {
            fail(id) { submission, transfer in
                if let transfer { distrustConnections(of: transfer) }
                return transfer?.error(for: CURLE_OPERATION_TIMEDOUT, proxy: proxy)
                    ?? submission.timeoutWhileWaiting(proxy: proxy)
            }
        }
        _ = startAdmitted()
        repeat {
            guard !active.isEmpty else { return }
            var running: CInt = 0
            pauseIfFailed(curl_multi_perform(multi, &running))
            finishDone()
        } while startAdmitted()
    }

    /// Waits for sockets, the next timeout or the bell.
    private func sleep() {
        guard mailbox.fallAsleep(until: WakeUp(multi: multi)) else { return }
        let longest = 3_600_000
        let timeout =
            admission.nextDeadline.map { ContinuousClock.now.duration(to: $0).millisecondsRoundedUp(in: 0...longest) }
            ?? longest
        // libcurl 7.88 gives up an address that does not answer without asking to be called for the next one.
        let isConnecting = active.values.contains { !$0.hasSentRequest }
        pauseIfFailed(curl_multi_poll(multi, nil, 0, CInt(isConnecting ? min(timeout, 100) : timeout), nil))
    }

    /// - Returns: whether a transfer was started, which libcurl then has to hear of.
    private func startAdmitted() -> Bool {
        var hasStarted = false
        while let id = admission.next() {
            guard let submission = waiting.removeValue(forKey: id) else {
                admission.leave(id)
                continue
            }
            do {
                active[id] = try start(submission)
                hasStarted = true
            } catch {
                admission.leave(id)
                submission.continuation.resume(throwing: error)
            }
        }
        return hasStarted
    }

    /// - Parameter requests: Those that went out for it already; with one the next goes out on a new connection.
    private func start(_ submission: Submission, requests: Int = 0) throws(CurlError) -> Transfer {
        let transfer: Transfer
        if let last = idle.popLast() { transfer = last } else { transfer = try Transfer(settings: settings) }
        let now = ContinuousClock.now
        try transfer.prepare(
            submission,
            now: now,
            connections: requests > 0 ? .new : connections(to: submission.origin, now: now),
            requests: requests
        )
        let result = curl_multi_add_handle(multi, transfer.easy.pointer)
        guard result == CURLM_OK else {
            throw Self.failure(result, "\(submission.origin): the transfer could not be started")
        }
        return transfer
    }

    /// Answers the transfers that libcurl has ended.
    private func finishDone() {
        var code = CURLE_OK
        while let easy = ccurl_multi_next_done(multi, &code) {
            // Each handle in the multi handle is that of a transfer in `active`.
            guard let transfer = Transfer.owner(of: easy), let submission = transfer.submission else { continue }
            if code != CURLE_OK, transfer.shouldBeRepeated(after: code) {
                `repeat`(submission, instead: transfer)
                continue
            }
            if code == CURLE_OPERATION_TIMEDOUT { distrustConnections(of: transfer) }
            let result: Result<CurlResponse, any Error> =
                code == CURLE_OK
                ? .success(transfer.takeResponse())
                : .failure(transfer.sinkError ?? transfer.error(for: code, proxy: proxy))
            release(transfer, of: submission.id)
            submission.continuation.resume(with: result)
        }
    }

    /// Sends a request once more on a new connection. It keeps its place among those in flight and its deadline.
    private func `repeat`(_ submission: Submission, instead transfer: Transfer) {
        let requests = transfer.requests
        remove(transfer)
        do {
            active[submission.id] = try start(submission, requests: requests)
        } catch {
            active[submission.id] = nil
            admission.leave(submission.id)
            submission.continuation.resume(throwing: error)
        }
    }

    /// Which connections a request may take: those within the lifetime of an address, and younger than the last silence.
    private func connections(to origin: Origin, now: ContinuousClock.Instant) -> Transfer.Connections {
        let longest = settings.addressLifetime
        guard let since = distrustedSince[origin] else { return .anyYoungerThan(seconds: longest) }
        let seconds = since.duration(to: now).components.seconds
        guard seconds < longest else {
            distrustedSince[origin] = nil
            return .anyYoungerThan(seconds: longest)
        }
        // libcurl compares whole seconds: a limit of `seconds` would still take a connection that is a fraction of a second
        // older than the silence. It takes 0 for no limit.
        return seconds <= 1 ? .new : .anyYoungerThan(seconds: seconds - 1)
    }

    private func distrustConnections(of transfer: Transfer) {
        guard transfer.hasReusedConnection, let origin = transfer.submission?.origin else { return }
        distrustedSince[origin] = .now
    }

    /// Ends a transfer, wherever it is, with an error; one that has ended already is not missed.
    ///
    /// - Parameter error: what the caller gets, for the transfer as far as it got; `nil` where it was still waiting.
    private func fail(_ id: Admission.ID, _ error: (Submission, Transfer?) -> any Error) {
        if let submission = waiting.removeValue(forKey: id) {
            let error = error(submission, nil)
            admission.leave(id)
            submission.continuation.resume(throwing: error)
        } else if let transfer = active[id], let submission = transfer.submission {
            let error = error(submission, transfer)
            release(transfer, of: id)
            submission.continuation.resume(throwing: error)
        }
    }

    /// Takes a transfer out of libcurl, which closes its connection unless the response was complete, and keeps its
    /// handle for the next.
    private func release(_ transfer: Transfer, of id: Admission.ID) {
        remove(transfer)
        active[id] = nil
        admission.leave(id)
    }

    private func remove(_ transfer: Transfer) {
        _ = curl_multi_remove_handle(multi, transfer.easy.pointer)
        transfer.clear()
        if transfer.isReusable { idle.append(transfer) }
    }

    /// A failure of the multi functions is no transfer's fault, and they go on: but not in a busy loop.
    private func pauseIfFailed(_ result: CURLMcode) {
        if result != CURLM_OK { LoopThread.pause(milliseconds: 20) }
    }

    private static func failure(_ result: CURLMcode, _ what: String) -> CurlError {
        CurlError(reason: .other, message: "\(what): \(String(cString: curl_multi_strerror(result)))")
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A POSIX thread that runs one function.
enum LoopThread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts a thread, which must be joined or detached once.
    ///
    /// It takes no signals: those are for the threads that wait for them, and a write to a closed connection must not
    /// end the process.
    static func start(_ run: @escaping @Sendable () -> Void) throws(CurlError) -> pthread_t {
        let body = Unmanaged.passRetained(Body(run)).toOpaque()
        var thread = pthread_t()
        let result = pthread_create(&thread, nil, { LoopThread.main($0) }, body)
        guard result == 0 else {
            Unmanaged<Body>.fromOpaque(body).release()
            throw CurlError(
                reason: .other,
                message: "the thread for HTTP transfers could not be started: \(String(cString: strerror(result))); "
                    + "check the limits of this process"
            )
        }
        return thread
    }

    /// Holds up the calling thread, which must not be one of the concurrency pool.
    static func pause(milliseconds: Int) {
        var time = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
        nanosleep(&time, nil)
    }

    private static func main(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        var signals = sigset_t()
        sigfillset(&signals)
        pthread_sigmask(SIG_SETMASK, &signals, nil)
        if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
        return nil
    }
}

/// Wakes the thread that waits in `curl_multi_poll`.
///
/// Safe to send although the handle belongs to the loop's thread: `curl_multi_wakeup` is the one function that libcurl
/// lets other threads call (its manual page says so). ``Mailbox`` calls it under its lock, and only between the thread's
/// falling asleep and its next look into the mailbox: the thread cannot free the handle in between.
struct WakeUp: @unchecked Sendable {
    private let multi: OpaquePointer

    init(multi: OpaquePointer) {
        self.multi = multi
    }

    func ring() {
        _ = curl_multi_wakeup(multi)
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What libcurl does once for the whole process.
enum LibCurl {
    /// Sets libcurl up, the first time it is asked; for good, as other code of the process may use it too.
    static func setUp() throws(CurlError) {
        guard result == CURLE_OK else {
            throw CurlError(
                reason: .other,
                message: "libcurl cannot be set up: \(String(cString: curl_easy_strerror(result)))",
                curlCode: Int(result.rawValue)
            )
        }
    }

    /// Swift runs the initial value of a static once, whichever threads come for it.
    private static let result = curl_global_init(Int(CURL_GLOBAL_ALL))

    /// Such as `7.88.1`.
    static let version: String =
        ccurl_version().flatMap { $0.pointee.version }
        .map { String(cString: $0) } ?? "unknown"

    /// Whether the file with the system's certificate authorities that libcurl was built for is there.
    static var hasSystemCAFile: Bool {
        guard let file = ccurl_version().flatMap({ $0.pointee.cainfo }) else { return false }
        return access(file, R_OK) == 0
    }
}
