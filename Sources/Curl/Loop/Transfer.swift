import CCurl

/// A place for one transfer at a time: an easy handle with its options, and what it has received so far.
///
/// libcurl's callbacks find it by an unretained pointer. That holds because it owns the easy handle: the pointer cannot
/// be used after the handle is freed, which happens when the transfer is. Confined to the loop's thread.
final class Transfer {
    /// What a callback broke off a transfer for.
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
    /// When the last request got its place here.
    private(set) var start = ContinuousClock.now
    private let errorBuffer = ErrorBuffer()
    private var headers = HeaderList()
    /// Whether the last request was more than a plain GET, so that options have to be taken back.
    private var hasBodyOptions = false
    private var hasLargeBuffer = false

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
        try easy.set(CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(errorBuffer.pointer))
    }

    deinit {
        // The buffer may be freed before the handle.
        try? easy.set(CURLOPT_ERRORBUFFER, nil as UnsafeMutableRawPointer?)
    }

    /// The transfer that a handle belongs to.
    ///
    /// - Parameter easy: a handle that a living transfer owns.
    static func owner(of easy: OpaquePointer) -> Transfer? {
        var context: UnsafeMutableRawPointer?
        guard ccurl_get_private(easy, &context) == CURLE_OK, let context else { return nil }
        return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }

    /// libcurl's words about a failure.
    var errorText: String { errorBuffer.text }

    /// Sets the options of a request; the handle must not be in the multi handle yet.
    func prepare(_ submission: Submission, now: ContinuousClock.Instant) throws(CurlError) {
        self.submission = submission
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
    }

    /// Takes the submission out and forgets what came.
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
                try easy.set(CURLOPT_FRESH_CONNECT, false)
                hasBodyOptions = false
            }
            try easy.set(CURLOPT_HTTPHEADER, headers.fill(request.headers, suppressed: []))
        } else {
            hasBodyOptions = true
            try easy.set(CURLOPT_POST, true)
            try easy.setBody(request.body ?? [])
            try easy.set(CURLOPT_CUSTOMREQUEST, request.method == .get ? request.method.rawValue : nil)
            // libcurl sends a request again when the connection it reused turns out to be closed. The server may have
            // acted on it already: a POST goes out on a new connection, and so at most once.
            try easy.set(CURLOPT_FRESH_CONNECT, request.method == .post)
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

    /// The common part of the callbacks: what they return other than the number of bytes ends the transfer.
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
