import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// An HTTP client on one libcurl multi handle with a thread of its own.
///
/// End it with ``shutdown()``. A client that is released without it ends its thread too, at a time that is not known.
/// No request can be in flight then, as each keeps the client alive.
package final class CurlClient: Sendable {
    private let mailbox: Mailbox
    /// `nil` once ``shutdown()`` joins it.
    private let thread: Mutex<pthread_t?>

    /// Starts the client's thread. Connections are made when requests need them.
    ///
    /// - Throws: ``CurlError`` if the configuration cannot be used, such as a file that cannot be read, or if libcurl
    ///   or the thread cannot be started.
    package init(configuration: CurlConfiguration = CurlConfiguration()) throws(CurlError) {
        if let fault = configuration.fault { throw CurlError(reason: .other, message: fault) }
        try LibCurl.setUp()
        let mailbox = Mailbox()
        let started = try LoopThread.start {
            Self.transfer(for: mailbox, with: configuration)
            mailbox.notifyEnded()
        }
        self.mailbox = mailbox
        thread = Mutex(started)
    }

    deinit {
        mailbox.close()
        if let thread = thread.withLock({ $0 }) { pthread_detach(thread) }
    }

    /// Sends a request and waits for the whole response, whatever its status. Redirects are not followed.
    ///
    /// - Throws: ``CurlError``; `CancellationError` if the task is cancelled, which aborts the transfer; or what the
    ///   request's sink throws.
    package func perform(_ request: CurlRequest) async throws -> CurlResponse {
        try Task.checkCancellation()
        guard let origin = Origin(url: request.url) else {
            throw CurlError(
                reason: .other,
                message: "the URL of a request cannot be read; expected an absolute one without blanks, as in "
                    + "https://platform.kore.ai/api"
            )
        }
        if let fault = request.fault {
            throw CurlError(reason: .other, message: "\(origin): the request was not sent, as \(fault)")
        }
        let mailbox = mailbox
        let id = mailbox.nextID()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let submission = Submission(id: id, request: request, origin: origin, continuation: continuation)
                guard mailbox.submit(submission) else { return continuation.resume(throwing: CurlError.shutDown) }
                // A cancellation that came before the submission had no effect.
                if Task.isCancelled { mailbox.cancel(id) }
            }
        } onCancel: {
            mailbox.cancel(id)
        }
    }

    /// Ends all requests with an error, joins the thread and closes the connections. Later requests fail.
    ///
    /// May be called more than once, also at the same time.
    package func shutdown() async {
        mailbox.close()
        await withCheckedContinuation { mailbox.whenEnded($0) }
        // The thread has nothing left to do but exit, so that this blocks for microseconds only.
        if let thread = thread.withLock({ $0.take() }) { pthread_join(thread, nil) }
    }

    /// An executor that runs tasks on the client's own thread, where no other thread has to be woken for a response.
    ///
    /// A task holds up all transfers while it runs there: it must not block, nor compute for longer than a millisecond.
    package var executor: any TaskExecutor { mailbox }

    /// libcurl's version, such as `7.88.1`.
    package static var libcurlVersion: String { LibCurl.version }

    /// Runs the thread's loop until the mailbox is closed.
    private static func transfer(for mailbox: Mailbox, with configuration: CurlConfiguration) {
        do {
            try TransferLoop(configuration: configuration, mailbox: mailbox).run()
        } catch {
            mailbox.refuseAll(with: error)
        }
    }
}
