extension SettingsReading {
    mutating func http(of draft: HTTPDraft) -> HTTPSettings {
        switch (draft.clientCertificateFile, draft.clientKeyFile) {
        case (.given(_, let mark), .absent):
            complain(at: mark, "`client_certificate_file` needs `client_key_file`; set both or neither")
        case (.absent, .given(_, let mark)):
            complain(at: mark, "`client_key_file` needs `client_certificate_file`; set both or neither")
        default: break
        }
        var settings = HTTPDraft.standard
        settings.caFile = draft.caFile.value
        settings.clientCertificateFile = draft.clientCertificateFile.value
        settings.clientKeyFile = draft.clientKeyFile.value
        settings.proxyURL = draft.proxyURL.value
        settings.insecureSkipVerify = draft.insecureSkipVerify.value ?? settings.insecureSkipVerify
        settings.http2 = draft.http2.value ?? settings.http2
        settings.maxConnections = draft.maxConnections.value ?? settings.maxConnections
        settings.maxConnectionsPerHost =
            draft.maxConnectionsPerHost.value ?? min(settings.maxConnectionsPerHost, settings.maxConnections)
        settings.maxResponseBytes = draft.maxResponseBytes.value ?? settings.maxResponseBytes
        if case .given(let perHost, let mark) = draft.maxConnectionsPerHost, perHost > settings.maxConnections {
            let origin = draft.maxConnections.isAbsent ? ", its default" : ""
            complain(
                at: mark,
                "`max_connections_per_host` (\(perHost)) must not be above `max_connections` (\(settings.maxConnections)\(origin))"
            )
        }
        return settings
    }
}
