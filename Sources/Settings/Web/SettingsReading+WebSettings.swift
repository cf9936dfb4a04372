extension SettingsReading {
    /// Reads the root and checks what no single key can tell. Worth nothing where there are complaints.
    mutating func webSettings(of root: YAMLValue) -> WebSettings {
        var draft = WebFileDraft()
        switch root.kind {
        case .mapping(let mapping) where !root.isForeign:
            read(mapping, into: &draft, keys: WebFileDraft.keys, section: WebFileDraft.section)
        default:
            let keys = Quotation.list(WebFileDraft.keys.map(\.name))
            complain(at: root.mark, "the file must be a mapping with the keys \(keys), not \(root.kindWords)")
        }
        let http = draft.http.value ?? WebHTTPDraft()
        let http2 = http.http2.value ?? true
        return WebSettings(
            tls: tls(of: draft.tls, http2: http2),
            http2: http2,
            headers: http.headers.value ?? [:],
            users: draft.users.value ?? [:],
            excludedPaths: Set(draft.excludedPaths.value ?? []),
            rateLimit: rateLimit(of: draft.rateLimit)
        )
    }

    private mutating func rateLimit(of given: Given<WebRateLimitDraft>) -> WebRateLimit? {
        guard case .given(let draft, let mark) = given, let interval = draft.interval.value, interval > .zero
        else { return nil }
        let burst = draft.burst.value ?? 0
        if burst < 1, draft.burst.isAbsent || draft.burst.value != nil {
            complain(at: draft.burst.mark ?? mark, "`burst` must be at least 1: with 0, no request is ever answered")
        }
        return WebRateLimit(interval: interval, burst: burst)
    }

    private mutating func tls(of given: Given<WebTLSDraft>, http2: Bool) -> WebTLSSettings? {
        guard case .given(let draft, let mark) = given else { return nil }
        let certificate = one(of: ("cert_file", draft.certificateFile), ("cert", draft.certificate))
        let key = one(of: ("key_file", draft.keyFile), ("key", draft.key))
        for (given, words) in [(certificate, "`cert_file` or `cert`"), (key, "`key_file` or `key`")]
        where given.isAbsent {
            complain(at: mark, "`tls_server_config` needs \(words); without TLS, remove the section")
        }
        let authorities = one(
            of: ("client_ca_file", draft.clientAuthoritiesFile),
            ("client_ca", draft.clientAuthorities)
        )
        checkClients(of: draft, authorities: authorities)
        let (least, most) = (draft.minimumVersion.value ?? .tls12, draft.maximumVersion.value ?? .tls13)
        if least > most, let mark = draft.minimumVersion.mark ?? draft.maximumVersion.mark {
            complain(
                at: mark,
                "`min_version` (`\(least.rawValue)`) must not be above `max_version` (`\(most.rawValue)`)"
            )
        }
        checkSuites(of: draft, http2: http2, least: least)
        guard let certificate = certificate.value, let key = key.value else { return nil }
        return WebTLSSettings(
            certificate: certificate,
            key: key,
            clientAuthentication: draft.clientAuthentication.value ?? .none,
            clientAuthorities: authorities.value,
            clientAllowedNames: draft.clientAllowedNames.value.map(Set.init),
            minimumVersion: least,
            maximumVersion: most,
            cipherSuites: draft.cipherSuites.value,
            curves: draft.curves.value
        )
    }

    /// A text that stands in a file or in the configuration itself.
    private mutating func one(
        of file: (key: String, given: Given<PEMText>),
        _ text: (key: String, given: Given<PEMText>)
    ) -> Given<PEMText> {
        if let first = file.given.mark, let second = text.given.mark {
            complain(at: max(first, second), "`\(file.key)` and `\(text.key)` exclude each other; keep one")
        }
        return file.given.or(text.given)
    }

    private mutating func checkClients(of draft: WebTLSDraft, authorities: Given<PEMText>) {
        if case .refused = draft.clientAuthentication { return }
        let authentication = draft.clientAuthentication.value ?? .none
        if let mark = authorities.mark, authentication == .none {
            complain(
                at: mark,
                "authorities of clients need a `client_auth_type` such as `RequireAndVerifyClientCert`"
            )
        }
        if let mark = draft.clientAllowedNames.mark, !authentication.isRequired {
            complain(
                at: mark,
                "`client_allowed_sans` needs a `client_auth_type` of `RequireAndVerifyClientCert` or `RequireAnyClientCert`"
            )
        }
    }

    private mutating func checkSuites(of draft: WebTLSDraft, http2: Bool, least: TLSVersionSetting) {
        guard case .given(let suites, let mark) = draft.cipherSuites, least < .tls13 else { return }
        guard suites.contains(where: { !$0.isOfTLS13 }) else {
            complain(
                at: mark,
                "`cipher_suites` holds none for TLS 1.2, which `min_version` allows; add one, or set `min_version: TLS13`"
            )
            return
        }
        if http2, !suites.contains(where: \.isRequiredByHTTP2) {
            complain(
                at: mark,
                "`cipher_suites` must hold `\(CipherSuiteSetting.rsaAES128.rawValue)` or "
                    + "`\(CipherSuiteSetting.ecdsaAES128.rawValue)` for HTTP/2; add one, or set `http2: false`"
            )
        }
    }
}
