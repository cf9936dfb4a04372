/// The section `tls_server_config`.
package struct WebTLSSettings: Sendable, Hashable {
    /// The server's certificate first, then the intermediate ones up to the authority.
    package var certificate = PEMText.none
    package var key = PEMText.none
    package var clientAuthentication = ClientAuthentication.none
    package var clientAuthorities: PEMText?
    /// A client's certificate must have one of these names; `nil` if any will do.
    package var clientAllowedNames: Set<String>?
    package var minimumVersion = TLSVersionSetting.tls12
    package var maximumVersion = TLSVersionSetting.tls13
    /// The suites for TLS 1.2 and before; `nil` for BoringSSL's defaults.
    package var cipherSuites: [CipherSuiteSetting]?
    /// The preferred curve first; `nil` for BoringSSL's defaults.
    package var curves: [CurveSetting]?
    /// Read for compatibility with exporter-toolkit, and not used.
    fileprivate var prefersServerCipherSuites = true
}

extension WebTLSSettings {
    static let table = SettingsTable<WebTLSSettings>(
        "`tls_server_config`",
        standard: WebTLSSettings(),
        keys: [
            SettingKey("cert_file", .pemFile, into: \.certificate)
                .meaning("The certificate and those that lead to its authority, in PEM. Read again when it changes."),
            SettingKey("key_file", .pemFile, into: \.key)
                .meaning("Its key, in PEM. Read again when it changes."),
            SettingKey("cert", .pem, into: \.certificate)
                .meaning("The certificate itself instead of `cert_file`."),
            SettingKey("key", .pem, into: \.key)
                .meaning("The key itself instead of `key_file`."),
            SettingKey("client_auth_type", .word(), into: \.clientAuthentication)
                .meaning("Whether clients show a certificate. Only `RequireAndVerifyClientCert` keeps strangers out."),
            SettingKey("client_ca_file", .pemFile, intoOptional: \.clientAuthorities)
                .meaning("The authorities of clients' certificates, in PEM. Read again when it changes."),
            SettingKey("client_ca", .pem, intoOptional: \.clientAuthorities)
                .meaning("The authorities themselves."),
            SettingKey("client_allowed_sans", .names, intoOptional: \.clientAllowedNames, default: "any")
                .meaning(
                    "A client's certificate must have one of these as a subject alternative name: DNS, IP, e-mail or URI."
                ),
            SettingKey("min_version", .word(), into: \.minimumVersion)
                .meaning("The least version of TLS."),
            SettingKey("max_version", .word(), into: \.maximumVersion)
                .meaning("The highest version of TLS."),
            SettingKey("cipher_suites", .words(), intoOptional: \.cipherSuites, default: "BoringSSL's")
                .meaning(
                    "The suites for TLS 1.2 and before, in Go's names. TLS 1.3 has its own, which are always offered."
                ),
            SettingKey("curve_preferences", .words(), intoOptional: \.curves, default: "BoringSSL's")
                .meaning("The curves of the key exchange, the most wanted first."),
            SettingKey("prefer_server_cipher_suites", .flag, into: \.prefersServerCipherSuites)
                .meaning("Read, and without effect, as in exporter-toolkit since Go 1.17."),
        ],
        ignoresBlanks: true,
        check: check
    )

    private static func check(_ tls: inout Located<WebTLSSettings>, _ reading: inout SettingsReading) {
        for (file, text) in [("cert_file", "cert"), ("key_file", "key"), ("client_ca_file", "client_ca")] {
            if let first = tls[file]?.mark, let second = tls[text]?.mark {
                reading.complain(at: max(first, second), "`\(file)` and `\(text)` exclude each other; keep one")
            } else if tls[file] == nil, tls[text] == nil, file != "client_ca_file" {
                reading.complain(
                    at: tls.mark,
                    "`tls_server_config` needs `\(file)` or `\(text)`; without TLS, remove the section"
                )
            }
        }
        checkClients(of: tls, &reading)
        let (least, most) = (tls.minimumVersion, tls.maximumVersion)
        if least > most, let mark = tls["min_version"]?.mark ?? tls["max_version"]?.mark {
            reading.complain(
                at: mark,
                "`min_version` (`\(least.rawValue)`) must not be above `max_version` (`\(most.rawValue)`)"
            )
        }
        reading.tls = tls
    }

    private static func checkClients(of tls: Located<WebTLSSettings>, _ reading: inout SettingsReading) {
        guard tls["client_auth_type"]?.isAccepted != false else { return }
        let authentication = tls.clientAuthentication
        if authentication == .none, let authorities = tls.first(of: ["client_ca_file", "client_ca"]) {
            reading.complain(
                at: authorities.key.mark,
                "authorities of clients need a `client_auth_type` such as `RequireAndVerifyClientCert`"
            )
        }
        if let names = tls["client_allowed_sans"], !authentication.isRequired {
            reading.complain(
                at: names.mark,
                "`client_allowed_sans` needs a `client_auth_type` of `RequireAndVerifyClientCert` or `RequireAnyClientCert`"
            )
        }
    }

    /// Complains if TLS 1.2 or below, or HTTP/2, is offered without a suite for it.
    static func checkSuites(of tls: Located<WebTLSSettings>, http2: Bool, _ reading: inout SettingsReading) {
        guard let mark = tls.accepted("cipher_suites"), let suites = tls.cipherSuites, tls.minimumVersion < .tls13
        else { return }
        guard suites.contains(where: { !$0.isOfTLS13 }) else {
            reading.complain(
                at: mark,
                "`cipher_suites` holds none for TLS 1.2, which `min_version` allows; add one, or set `min_version: TLS13`"
            )
            return
        }
        if http2, !suites.contains(where: \.isRequiredByHTTP2) {
            reading.complain(
                at: mark,
                "`cipher_suites` must hold `\(CipherSuiteSetting.rsaAES128.rawValue)` or "
                    + "`\(CipherSuiteSetting.ecdsaAES128.rawValue)` for HTTP/2; add one, or set `http2: false`"
            )
        }
    }
}

/// Whether a client must send a certificate, in the words of Go's `crypto/tls`.
package enum ClientAuthentication: String, Sendable, CaseIterable {
    case none = "NoClientCert"
    /// Asks for a certificate and accepts any.
    case request = "RequestClientCert"
    /// Requires a certificate and accepts any.
    case requireAny = "RequireAnyClientCert"
    /// The old name of ``requireAny``.
    case require = "RequireClientCert"
    case verifyIfGiven = "VerifyClientCertIfGiven"
    case requireAndVerify = "RequireAndVerifyClientCert"

    /// Whether a connection needs a certificate of the client.
    package var isRequired: Bool {
        switch self {
        case .none, .request, .verifyIfGiven: false
        case .requireAny, .require, .requireAndVerify: true
        }
    }

    /// Whether a certificate that the client sends must come from a known authority.
    package var verifies: Bool {
        self == .verifyIfGiven || self == .requireAndVerify
    }
}

/// A cipher suite by its name in Go's `crypto/tls`: those of `CipherSuites()`, and the suites with RSA key exchange
/// that were among them until Go 1.21.
package enum CipherSuiteSetting: String, Sendable, CaseIterable {
    case aes128 = "TLS_AES_128_GCM_SHA256"
    case aes256 = "TLS_AES_256_GCM_SHA384"
    case chacha20 = "TLS_CHACHA20_POLY1305_SHA256"
    case ecdsaAES128CBC = "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"
    case ecdsaAES256CBC = "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"
    case rsaAES128CBC = "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"
    case rsaAES256CBC = "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"
    case ecdsaAES128 = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
    case ecdsaAES256 = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"
    case rsaAES128 = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
    case rsaAES256 = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"
    case rsaChacha20 = "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
    case ecdsaChacha20 = "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"
    case plainRSAAES128CBC = "TLS_RSA_WITH_AES_128_CBC_SHA"
    case plainRSAAES256CBC = "TLS_RSA_WITH_AES_256_CBC_SHA"
    case plainRSAAES128 = "TLS_RSA_WITH_AES_128_GCM_SHA256"
    case plainRSAAES256 = "TLS_RSA_WITH_AES_256_GCM_SHA384"

    /// The suite's number in TLS. Source: IANA, TLS Cipher Suites.
    package var number: UInt16 {
        switch self {
        case .aes128: 0x1301
        case .aes256: 0x1302
        case .chacha20: 0x1303
        case .ecdsaAES128CBC: 0xC009
        case .ecdsaAES256CBC: 0xC00A
        case .rsaAES128CBC: 0xC013
        case .rsaAES256CBC: 0xC014
        case .ecdsaAES128: 0xC02B
        case .ecdsaAES256: 0xC02C
        case .rsaAES128: 0xC02F
        case .rsaAES256: 0xC030
        case .rsaChacha20: 0xCCA8
        case .ecdsaChacha20: 0xCCA9
        case .plainRSAAES128CBC: 0x2F
        case .plainRSAAES256CBC: 0x35
        case .plainRSAAES128: 0x9C
        case .plainRSAAES256: 0x9D
        }
    }

    /// Whether the suite is for TLS 1.3, whose suites are always offered.
    package var isOfTLS13: Bool {
        number >> 8 == 0x13
    }

    /// Whether the suite is one of the two of which HTTP/2 needs at least one.
    ///
    /// Source: RFC 9113, section 9.2.2, and Go's `http2.ConfigureServer`.
    package var isRequiredByHTTP2: Bool {
        self == .rsaAES128 || self == .ecdsaAES128
    }
}

/// An elliptic curve by its name in Go.
package enum CurveSetting: String, Sendable, CaseIterable {
    case p256 = "CurveP256"
    case p384 = "CurveP384"
    case p521 = "CurveP521"
    case x25519 = "X25519"

    /// The curve's number in TLS. Source: IANA, TLS Supported Groups.
    package var number: UInt16 {
        switch self {
        case .p256: 0x17
        case .p384: 0x18
        case .p521: 0x19
        case .x25519: 0x1D
        }
    }
}

/// A version of TLS by its name in exporter-toolkit.
package enum TLSVersionSetting: String, Sendable, CaseIterable, Comparable {
    case tls10 = "TLS10"
    case tls11 = "TLS11"
    case tls12 = "TLS12"
    case tls13 = "TLS13"

    package static func < (left: TLSVersionSetting, right: TLSVersionSetting) -> Bool {
        left.rawValue < right.rawValue
    }
}
