import CCurl

/// One transfer at a time on an easy handle that is reused, with its options and what was received so far.
///
/// libcurl's callbacks find it by an unretained pointer. That is safe because it owns the easy handle: the pointer
/// cannot be used after the handle is freed, which happens when the transfer is freed. It is used on the loop's thread
/// only.
final class Transfer {
    /// The part of a response that was too large, for which a callback ended the transfer.
    enum Excess {
        case head
        case body
    }

    let easy: EasyHandle
    private(set) var submission: Submission?
    private(set) var excess: Excess?
    /// What the request's sink threw.
    private(set) var sinkError: (any Error)?
    /// Bytes that went to the request's sink.
    private var sunk = 0
    private(set) var head = ResponseHead()
    private(set) var body: [UInt8] = []
    private var bodyLimit = 0
    /// When the last request was started on this handle.
    private(set) var start = ContinuousClock.now
    /// How many requests were sent for the submission, on this handle and on others before it.
    private(set) var requests = 0
    /// How many requests were sent on this handle since ``prepare(_:now:connections:requests:)``.
    private var requestsHere = 0
    private let errorBuffer = ErrorBuffer()
    private var headers = HeaderList()
    /// Whether the last request was more than a plain GET, so that its options have to be reset.
    private var hasBodyOptions = false
    private var hasLargeBuffer = false
    private var connections = Connections.anyYoungerThan(seconds: 0)

    /// Which connections a request may use.
    enum Connections: Hashable {
        /// An open one that is not older than this, or a new one.
        case anyYoungerThan(seconds: Int64)
        case new
    }

    init(settings: EasySettings) throws(CurlError) {
        easy = try EasyHandle()
        try settings.apply(to: easy)
        let context = Unmanaged.passUnretained(self).toOpaque()
        try easy.set(CURLOPT_PRIVATE, context)
        try easy.set(CURLOPT_WRITEDATA, context)
        try easy.set(CURLOPT_HEADERDATA, context)
        try easy.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            Transfer.receive(bytes, size, count, context) { $0.receiveBody($1) }
        }
        try easy.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            Transfer.receive(bytes, size, count, context) { $0.receiveHead($1) }
        }
        try easy.set(CURLOPT_PREREQDATA, context)
        try easy.setBeforeRequest { context, _, _, _, _ in
            guard let context else { return CURL_PREREQFUNC_ABORT }
            return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().mayBeSent()
                ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
        }
        try easy.set(CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(errorBuffer.pointer))
    }

    deinit {
        // The buffer may be freed before the handle.
        try? easy.set(CURLOPT_ERRORBUFFER, nil as UnsafeMutableRawPointer?)
    }

    /// The transfer that a handle belongs to.
    ///
    /// - Parameter easy: A handle that a living transfer owns.
    static func owner(of easy: OpaquePointer) -> Transfer? {
        var context: UnsafeMutableRawPointer?
        guard ccurl_get_private(easy, &context) == CURLE_OK, let context else { return nil }
        return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }

    /// libcurl's words about a failure.
    var errorText: String { errorBuffer.text }

    /// Sets the options of a request. The handle must not be in the multi handle yet.
    ///
    /// - Parameter requests: How many requests were sent for the submission already.
    func prepare(
        _ submission: Submission,
        now: ContinuousClock.Instant,
        connections: Connections,
        requests: Int
    ) throws(CurlError) {
        self.submission = submission
        self.requests = requests
        requestsHere = 0
        bodyLimit = max(0, submission.request.maxResponseBytes)
        start = now
        excess = nil
        sinkError = nil
        sunk = 0
        errorBuffer.clear()
        if hasLargeBuffer || submission.request.sink != nil {
            hasLargeBuffer = submission.request.sink != nil
            try easy.set(CURLOPT_BUFFERSIZE, hasLargeBuffer ? 65_536 : EasySettings.bufferSize)
        }
        try easy.set(CURLOPT_URL, submission.request.url)
        // libcurl divides this among the addresses of a host; the loop keeps the deadline.
        try easy.set(
            CURLOPT_TIMEOUT_MS,
            now.duration(to: submission.deadline).millisecondsRoundedUp(in: 1...Int(Int32.max))
        )
        try prepareBody(submission.request)
        // The server may have acted on a request whose connection died. libcurl never repeats a request on a new
        // connection, so a POST takes one and is sent at most once.
        try prepareConnections(submission.request.method == .post ? .new : connections)
    }

    /// Whether the GET should be sent once more, by another handle on a new connection: its connection was a reused one
    /// that died before any reply, which is a fault of the connection and not of the request.
    ///
    /// - Parameter code: The code with which libcurl ended the transfer.
    func shouldBeRepeated(after code: CURLcode) -> Bool {
        guard submission?.request.method == .get, requests == 1, excess == nil, sinkError == nil else { return false }
        guard easy.number(CURLINFO_NUM_CONNECTS) == 0, easy.number(CURLINFO_HEADER_SIZE) == 0 else { return false }
        return [CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_ABORTED_BY_CALLBACK].contains(code)
    }

    /// Whether the handle may serve another submission. libcurl 7.88 counts the requests that it repeats by itself over
    /// the life of a handle and gives up after five (`retrycount` in `Curl_retry_request`), so a handle that repeated
    /// one is not reused.
    var isReusable: Bool { requestsHere <= 1 }

    /// Whether the request was sent. Before that, its connection is being made.
    var hasSentRequest: Bool { requestsHere > 0 }

    /// Whether the last request was sent on a connection that was open before.
    var hasReusedConnection: Bool { requests > 0 && easy.number(CURLINFO_NUM_CONNECTS) == 0 }

    /// Decides whether libcurl may send the request, for the first time or again because the connection died, and
    /// counts it. libcurl repeats a request on any connection of its pool, which may be dead as well; only a new
    /// connection is worth the second request.
    private func mayBeSent() -> Bool {
        guard requests == 0 || requests == 1 && easy.number(CURLINFO_NUM_CONNECTS) > 0 else { return false }
        requests += 1
        requestsHere += 1
        return true
    }

    private func prepareConnections(_ connections: Connections) throws(CurlError) {
        guard connections != self.connections else { return }
        switch connections {
        case .new:
            try easy.set(CURLOPT_FRESH_CONNECT, true)
        case .anyYoungerThan(let seconds):
            try easy.set(CURLOPT_FRESH_CONNECT, false)
            try easy.set(CURLOPT_MAXLIFETIME_CONN, Int(seconds))
        }
        self.connections = connections
    }

    /// Removes the submission and what was received for it.
    func clear() {
        submission = nil
        head.reset()
        body = []
    }

    private func prepareBody(_ request: CurlRequest) throws(CurlError) {
        if request.method == .get, request.body == nil {
            if hasBodyOptions {
                try easy.set(CURLOPT_COPYPOSTFIELDS, nil as String?)
                try easy.set(CURLOPT_HTTPGET, true)
                try easy.set(CURLOPT_CUSTOMREQUEST, nil as String?)
                hasBodyOptions = false
            }
            try easy.set(CURLOPT_HTTPHEADER, headers.fill(request.headers, suppressed: []))
        } else {
            hasBodyOptions = true
            try easy.set(CURLOPT_POST, true)
            try easy.setBody(request.body ?? [])
            try easy.set(CURLOPT_CUSTOMREQUEST, request.method == .get ? request.method.rawValue : nil)
            let hasType = request.headers.contains { $0.name.lowercased() == "content-type" }
            let suppressed = hasType ? ["Expect"] : ["Expect", "Content-Type"]
            try easy.set(CURLOPT_HTTPHEADER, headers.fill(request.headers, suppressed: suppressed))
        }
    }

    private func receiveHead(_ line: UnsafeRawBufferPointer) -> Bool {
        let fits = head.append(line)
        if !fits { excess = .head }
        return fits
    }

    private func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= bodyLimit - body.count - sunk else {
            excess = .body
            return false
        }
        if let sink = submission?.request.sink, (200..<300).contains(easy.number(CURLINFO_RESPONSE_CODE)) {
            sunk += bytes.count
            do {
                try sink(bytes)
                return true
            } catch {
                sinkError = error
                return false
            }
        }
        if body.isEmpty {
            body.reserveCapacity(max(bytes.count, min(bodyLimit, easy.offset(CURLINFO_CONTENT_LENGTH_DOWNLOAD_T))))
        }
        body.append(contentsOf: bytes)
        return true
    }

    /// The common part of the callbacks. Any result but the number of bytes ends the transfer.
    private static func receive(
        _ bytes: UnsafeMutablePointer<CChar>?,
        _ size: Int,
        _ count: Int,
        _ context: UnsafeMutableRawPointer?,
        _ take: (Transfer, UnsafeRawBufferPointer) -> Bool
    ) -> Int {
        let (length, overflow) = size.multipliedReportingOverflow(by: count)
        guard !overflow, let context else { return 0 }
        guard let bytes, length > 0 else { return length }
        let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        return take(transfer, UnsafeRawBufferPointer(start: bytes, count: length)) ? length : 0
    }
}

extension Transfer {
    /// Takes out the response, once libcurl has said that the transfer ended well.
    func takeResponse() -> CurlResponse {
        let response = CurlResponse(
            status: easy.number(CURLINFO_RESPONSE_CODE),
            headers: head.fields,
            body: body,
            timings: timings(of: submission),
            newConnections: easy.number(CURLINFO_NUM_CONNECTS),
            requests: requests
        )
        clear()
        return response
    }

    /// The error that says why there is no response.
    ///
    /// - Parameter proxy: The proxy in use; `nil` if there is none.
    func error(for code: CURLcode, proxy: Proxy?) -> CurlError {
        guard let submission else {
            return CurlError(reason: .other, message: "libcurl ended a transfer that was not begun")
        }
        var timings = timings(of: submission)
        // libcurl completes its total time only for transfers that it ends itself.
        timings.total = max(timings.total, start.duration(to: .now))
        let report = FailureReport(
            origin: submission.origin,
            proxy: proxy,
            code: Int(code.rawValue),
            detail: errorText,
            connectStatus: easy.number(CURLINFO_HTTP_CONNECTCODE),
            timings: timings,
            requests: requests
        )
        switch excess {
        case .body: return report.error(following: .largeBody(limit: submission.request.maxResponseBytes))
        case .head: return report.error(following: .largeHead)
        case nil where code == CURLE_OPERATION_TIMEDOUT:
            return report.error(following: .timeout(submission.request.timeout, in: phase))
        case nil: return report.error
        }
    }

    /// The times of the phases that libcurl has seen so far.
    private func timings(of submission: Submission?) -> TransferTimings {
        var timings = TransferTimings(
            dns: easy.time(CURLINFO_NAMELOOKUP_TIME_T),
            connect: easy.time(CURLINFO_CONNECT_TIME_T),
            tls: easy.time(CURLINFO_APPCONNECT_TIME_T),
            firstByte: easy.time(CURLINFO_STARTTRANSFER_TIME_T),
            total: easy.time(CURLINFO_TOTAL_TIME_T),
            waited: submission.map { $0.start.duration(to: start) } ?? .zero
        )
        if easy.number(CURLINFO_NUM_CONNECTS) == 0, timings.firstByte > .zero {
            // The connection was reused, and libcurl gives the time at which it was found for all three.
            timings.dns = .zero
            timings.connect = .zero
            timings.tls = .zero
        }
        return timings
    }

    /// The phase that the transfer is in, by the last one that libcurl has seen end.
    private var phase: TransferPhase {
        if easy.time(CURLINFO_STARTTRANSFER_TIME_T) > .zero { return .receiving }
        if easy.time(CURLINFO_PRETRANSFER_TIME_T) > .zero { return .awaitingResponse }
        if easy.time(CURLINFO_CONNECT_TIME_T) > .zero { return .handshaking }
        if easy.time(CURLINFO_NAMELOOKUP_TIME_T) > .zero { return .connecting }
        return .resolving
    }
}
