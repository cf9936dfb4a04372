import CCurl

/// A complete HTTP response, of any status.
package struct CurlResponse: Sendable {
    /// The HTTP status, 100 to 999.
    package var status: Int
    /// The header fields of the final response, not those of `100 Continue` or of a proxy: in the order received, with
    /// names in lower case.
    package var headers: [(name: String, value: String)]
    /// The body after decompression; empty if the request's sink took it.
    package var body: [UInt8]
    package var timings: TransferTimings
    /// How many connections were opened for the request; 0 if one was reused.
    package var newConnections: Int
    /// How many requests were sent: 2 if the first one's connection, a reused one, died before any reply.
    package var requests: Int

    package init(
        status: Int,
        headers: [(name: String, value: String)],
        body: [UInt8],
        timings: TransferTimings,
        newConnections: Int,
        requests: Int = 1
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.timings = timings
        self.newConnections = newConnections
        self.requests = requests
    }

    /// The first value of a header, whose name may be in any letter case.
    package func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name == wanted }?.value
    }
}

extension CurlResponse {
    /// The longest time that ``retryAfter(now:)`` returns: one day.
    package static let longestRetryAfter = Duration.seconds(86400)

    /// How long the server asks the client to wait, by its `Retry-After` header (RFC 9110, 10.2.3): zero for a date
    /// that has passed, and at most ``longestRetryAfter``.
    ///
    /// A date is compared with the response's own `Date`, so that a server's clock that differs from ours does no harm.
    ///
    /// - Parameter unixTime: The time now, in seconds since 1970-01-01T00:00:00Z, for a response without `Date`.
    /// - Returns: `nil` if there is no such header, or if its value is neither whole seconds nor a date.
    package func retryAfter(now unixTime: Int64) -> Duration? {
        guard let value = header("retry-after") else { return nil }
        if !value.isEmpty, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            guard let seconds = Int64(value) else { return Self.longestRetryAfter }
            return min(.seconds(seconds), Self.longestRetryAfter)
        }
        guard let date = Self.unixTime(value) else { return nil }
        let unixTime = header("date").flatMap(Self.unixTime) ?? unixTime
        let (seconds, overflow) = date.subtractingReportingOverflow(unixTime)
        if overflow { return unixTime < 0 ? Self.longestRetryAfter : .zero }
        return max(.zero, min(.seconds(seconds), Self.longestRetryAfter))
    }

    /// The date of a header in one of HTTP's three forms (RFC 9110, 5.6.7), in seconds since 1970-01-01T00:00:00Z;
    /// `nil` if it is not a date.
    ///
    /// Source: `curl_getdate(3)`, which also reads forms that HTTP does not have.
    private static func unixTime(_ text: String) -> Int64? {
        // HTTP's dates begin with the name of a day. libcurl would also read some numbers as dates.
        guard let first = text.first, first.isASCII, first.isLetter else { return nil }
        let time = curl_getdate(text, nil)
        return time == -1 ? nil : Int64(time)
    }
}

/// Collects the header lines of a response, which libcurl hands over one by one, with their line ends.
///
/// Interim responses (`100 Continue`, `103 Early Hints`) come first and are dropped when the next one starts; trailers
/// come after the head is complete and are dropped too.
struct ResponseHead {
    /// The most bytes that the header lines of a response may have, interim ones and trailers included. A server that
    /// sends more is taken for an attacker.
    static let maximumBytes = 262_144

    private enum Phase {
        case expectingStatusLine
        case fields(interim: Bool)
        case complete
    }

    private var phase = Phase.expectingStatusLine
    private var received = 0
    /// The header fields of the response that is being read, in the order received: names in lower case, values without
    /// the blanks around them. Lines without a colon are left out; a folded line (RFC 9112, 5.2) continues the value
    /// before it.
    private(set) var fields: [(name: String, value: String)] = []

    /// Forgets the last response.
    mutating func reset() {
        phase = .expectingStatusLine
        received = 0
        fields = []
    }

    /// Takes the next line.
    ///
    /// - Returns: `false` if the lines have more than ``maximumBytes`` bytes in all.
    mutating func append(_ line: some BidirectionalCollection<UInt8>) -> Bool {
        guard line.count <= Self.maximumBytes - received else { return false }
        received += line.count
        if case .complete = phase { return true }
        if line.starts(with: "HTTP/".utf8) {
            let status = line.drop { $0 != UInt8(ascii: " ") }.dropFirst()
            phase = .fields(interim: status.first == UInt8(ascii: "1"))
            fields = []
            fields.reserveCapacity(8)
        } else if line.allSatisfy({ $0 == 0x0D || $0 == 0x0A }) {
            if case .fields(interim: false) = phase { phase = .complete } else { phase = .expectingStatusLine }
        } else if line.first == 0x20 || line.first == 0x09 {
            if !fields.isEmpty { fields[fields.count - 1].value += " " + Self.text(line[...]) }
        } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
            let name = Self.text(line[..<colon]).lowercased()
            fields.append((name: name, value: Self.text(line[colon...].dropFirst())))
        }
        return true
    }

    /// The text of some bytes, without the blanks and line ends around it.
    private static func text<Bytes: BidirectionalCollection<UInt8>>(_ bytes: Bytes) -> String
    where Bytes.SubSequence == Bytes {
        var bytes = bytes.drop(while: isBlank)
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
    }
}

/// When each phase of a transfer ended, counted from the start of the transfer; zero for a phase that did not take
/// place.
///
/// Source: libcurl's `CURLINFO_*_TIME_T`.
package struct TransferTimings: Sendable, Hashable {
    /// The name was resolved.
    package var dns: Duration
    /// The TCP connection was made.
    package var connect: Duration
    /// The TLS handshake was done.
    package var tls: Duration
    /// The first byte of the response arrived.
    package var firstByte: Duration
    /// The last byte arrived, or the transfer failed.
    package var total: Duration
    /// How long the request waited for a free connection before the transfer started; it is not a part of the other
    /// times.
    package var waited: Duration

    package init(
        dns: Duration = .zero,
        connect: Duration = .zero,
        tls: Duration = .zero,
        firstByte: Duration = .zero,
        total: Duration = .zero,
        waited: Duration = .zero
    ) {
        self.dns = dns
        self.connect = connect
        self.tls = tls
        self.firstByte = firstByte
        self.total = total
        self.waited = waited
    }
}
