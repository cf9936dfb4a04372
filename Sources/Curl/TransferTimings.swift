/// When the phases of a transfer ended, each counted from its start. A phase that did not take place is zero.
///
/// Source: libcurl's `CURLINFO_*_TIME_T`.
package struct TransferTimings: Sendable, Hashable {
    /// The name was resolved.
    package var dns: Duration
    /// The TCP connection stood.
    package var connect: Duration
    /// The TLS handshake was done.
    package var tls: Duration
    /// The first byte of the response arrived.
    package var firstByte: Duration
    /// The last byte arrived, or the transfer failed.
    package var total: Duration
    /// How long the request waited for a free connection before the transfer started: not a part of the others.
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
