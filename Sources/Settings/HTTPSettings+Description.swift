/// The proxy's URL may hold a password, so no way of printing the settings shows more of it than that it is there.
extension HTTPSettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String {
        "HTTPSettings(" + shown.map { "\($0.label): \($0.value)" }.joined(separator: ", ") + ")"
    }

    package var debugDescription: String { description }

    package var customMirror: Mirror {
        Mirror(self, children: shown.map { (label: $0.label, value: $0.value as Any) }, displayStyle: .struct)
    }

    private var shown: [(label: String, value: String)] {
        [
            ("caFile", caFile ?? "none"), ("clientCertificateFile", clientCertificateFile ?? "none"),
            ("clientKeyFile", clientKeyFile ?? "none"), ("proxyURL", proxyURL == nil ? "none" : "<redacted>"),
            ("insecureSkipVerify", "\(insecureSkipVerify)"), ("http2", "\(http2)"),
            ("maxConnections", "\(maxConnections)"),
            ("maxConnectionsPerHost", "\(maxConnectionsPerHost)"), ("maxResponseBytes", "\(maxResponseBytes)"),
        ]
    }
}
