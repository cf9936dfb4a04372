import CCurl

/// Runs the transfers of a client on one multi handle.
///
/// It lives on one thread, from `init` to `deinit`. That thread makes all calls of libcurl's easy and multi functions,
/// except the one of ``WakeUp``.
final class TransferLoop {
    private let multi: OpaquePointer
    private let mailbox: Mailbox
    private let settings: EasySettings
    private let proxy: Proxy?
    private var mail = Mailbox.Mail()
    private var admission: Admission
    private var waiting: [Admission.ID: Submission] = [:]
    private var active: [Admission.ID: Transfer] = [:]
    /// Handles for the next transfers; the one that was used last is at the end.
    private var idle: [Transfer] = []
    /// When a transfer on a reused connection to an origin last got no reply within its timeout. Connections that are
    /// older than that are not used, because they may be as dead.
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
        // These limits bound idle connections; `Admission` bounds the busy ones.
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

    /// Works until the mailbox is closed, and then ends what is left with an error.
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

    /// Ends the transfers whose time is over, starts those that may start, moves all on and answers those that ended,
    /// until no more can start.
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

    /// Waits for sockets, the next deadline or the mailbox's bell.
    private func sleep() {
        guard mailbox.fallAsleep(until: WakeUp(multi: multi)) else { return }
        let longest = 3_600_000
        let timeout =
            admission.nextDeadline.map { ContinuousClock.now.duration(to: $0).millisecondsRoundedUp(in: 0...longest) }
            ?? longest
        // libcurl 7.88 goes on from an address that does not answer to the next, but does not ask to be called then.
        let isConnecting = active.values.contains { !$0.hasSentRequest }
        pauseIfFailed(curl_multi_poll(multi, nil, 0, CInt(isConnecting ? min(timeout, 100) : timeout), nil))
    }

    /// Starts the transfers that may start.
    ///
    /// - Returns: Whether one was started, so that libcurl has to be called.
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

    /// Starts a transfer.
    ///
    /// - Parameter requests: How many requests were sent for the submission already. If there was one, the next is sent
    ///   on a new connection.
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
            // Each handle in the multi handle belongs to a transfer in `active`.
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

    /// Sends a request once more on a new connection. The request stays in flight and keeps its deadline.
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

    /// Which connections a request may use: those that are within the lifetime of an address and younger than the last
    /// timeout in ``distrustedSince``.
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

    /// Ends a transfer with an error, whether it waits or is in flight. One that has ended already is ignored.
    ///
    /// - Parameter error: Makes the caller's error from the submission and its transfer, which is `nil` if it was still
    ///   waiting.
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

    /// Removes a transfer that ended and keeps its handle for the next one. libcurl closes the connection unless the
    /// response was complete.
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

    /// Pauses after a failure of a multi function, so that the loop does not spin. The transfers go on, because it is
    /// not their fault.
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
    /// The thread blocks all signals: they are for the threads that wait for them, and a write to a closed connection
    /// must not end the process.
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

    /// Blocks the calling thread, which must not be one of the concurrency pool.
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
/// It is safe to send although the handle belongs to the loop's thread: `curl_multi_wakeup` is the one function that
/// libcurl lets other threads call (its manual page says so). ``Mailbox`` calls it under its lock, and only after
/// ``Mailbox/fallAsleep(until:)`` and before the next ``Mailbox/collect(into:)``: in between, the thread cannot free
/// the handle.
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

/// What libcurl has once for the whole process: its set-up, its version and its defaults.
enum LibCurl {
    /// Sets libcurl up at the first call. It is never cleaned up, because other code of the process may use it too.
    static func setUp() throws(CurlError) {
        guard result == CURLE_OK else {
            throw CurlError(
                reason: .other,
                message: "libcurl cannot be set up: \(String(cString: curl_easy_strerror(result)))",
                curlCode: Int(result.rawValue)
            )
        }
    }

    /// Swift computes the initial value of a static once, whichever threads ask for it.
    private static let result = curl_global_init(Int(CURL_GLOBAL_ALL))

    /// libcurl's version, such as `7.88.1`.
    static let version: String =
        ccurl_version().flatMap { $0.pointee.version }
        .map { String(cString: $0) } ?? "unknown"

    /// Whether the file with the system's certificate authorities, whose path was built into libcurl, can be read.
    static var hasSystemCAFile: Bool {
        guard let file = ccurl_version().flatMap({ $0.pointee.cainfo }) else { return false }
        return access(file, R_OK) == 0
    }
}
