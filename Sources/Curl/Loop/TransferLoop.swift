import CCurl

/// Runs the transfers of a client on one multi handle.
///
/// It lives on one thread, from `init` to `deinit`: all calls of libcurl's easy and multi functions are made there, but
/// for ``WakeUp``.
final class TransferLoop {
    private let multi: OpaquePointer
    private let mailbox: Mailbox
    private let settings: EasySettings
    private let proxy: Origin?
    private var mail = Mailbox.Mail()
    private var admission: Admission
    private var waiting: [Admission.ID: Submission] = [:]
    private var active: [Admission.ID: Transfer] = [:]
    /// Handles for the next transfers, the one used last at the end.
    private var idle: [Transfer] = []

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
                transfer?.error(for: CURLE_OPERATION_TIMEDOUT, proxy: proxy)
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
        pauseIfFailed(curl_multi_poll(multi, nil, 0, CInt(timeout), nil))
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

    private func start(_ submission: Submission) throws(CurlError) -> Transfer {
        let transfer: Transfer
        if let last = idle.popLast() { transfer = last } else { transfer = try Transfer(settings: settings) }
        try transfer.prepare(submission, now: .now)
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
            let result: Result<CurlResponse, any Error> =
                code == CURLE_OK
                ? .success(transfer.takeResponse())
                : .failure(transfer.sinkError ?? transfer.error(for: code, proxy: proxy))
            release(transfer, of: submission.id)
            submission.continuation.resume(with: result)
        }
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
        _ = curl_multi_remove_handle(multi, transfer.easy.pointer)
        transfer.clear()
        active[id] = nil
        admission.leave(id)
        idle.append(transfer)
    }

    /// A failure of the multi functions is no transfer's fault, and they go on: but not in a busy loop.
    private func pauseIfFailed(_ result: CURLMcode) {
        if result != CURLM_OK { LoopThread.pause(milliseconds: 20) }
    }

    private static func failure(_ result: CURLMcode, _ what: String) -> CurlError {
        CurlError(reason: .other, message: "\(what): \(String(cString: curl_multi_strerror(result)))")
    }
}
