import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// An HTTP client on one libcurl multi handle with a thread of its own.
///
/// End it with ``shutdown()``. A client that is dropped without it ends its thread too, but nobody sees when: no request
/// can be in flight then, as each keeps the client alive.
package final class CurlClient: Sendable {
    private let mailbox: Mailbox
    /// Set until somebody joins it.
    private let thread: Mutex<pthread_t?>

    /// Starts the client's thread; connections are made by requests.
    ///
    /// - Throws: where a file of the configuration cannot be read, or the proxy URL makes no sense.
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

    /// Sends a request and waits for the whole response, of any status. Redirects are not followed.
    ///
    /// - Throws: ``CurlError``, or `CancellationError` when the task is cancelled: then the transfer is aborted.
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
                // A cancellation that came before the submission found nothing to end.
                if Task.isCancelled { mailbox.cancel(id) }
            }
        } onCancel: {
            mailbox.cancel(id)
        }
    }

    /// Ends transfers in flight with an error, joins the thread and frees the connections. Later requests fail.
    ///
    /// May be called more than once, also at the same time.
    package func shutdown() async {
        mailbox.close()
        await withCheckedContinuation { mailbox.whenEnded($0) }
        // The thread has done its last act: the wait is for its exit alone, some microseconds.
        if let thread = thread.withLock({ $0.take() }) { pthread_join(thread, nil) }
    }

    /// Runs tasks on the client's own thread, between its transfers: they need no other thread to be woken for a response.
    ///
    /// What runs there holds up all transfers: it must not block, nor compute for longer than a millisecond.
    package var executor: any TaskExecutor { mailbox }

    /// libcurl's version, such as `7.88.1`.
    package static var libcurlVersion: String { LibCurl.version }

    /// The thread's work, until the mailbox is closed.
    private static func transfer(for mailbox: Mailbox, with configuration: CurlConfiguration) {
        do {
            try TransferLoop(configuration: configuration, mailbox: mailbox).run()
        } catch {
            mailbox.refuseAll(with: error)
        }
    }
}
