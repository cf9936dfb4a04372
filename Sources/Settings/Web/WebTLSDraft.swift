/// The section `tls_server_config`.
struct WebTLSDraft: SectionDraft {
    var certificate: Given<PEMText> = .absent
    var certificateFile: Given<PEMText> = .absent
    var key: Given<PEMText> = .absent
    var keyFile: Given<PEMText> = .absent
    var clientAuthentication: Given<ClientAuthentication> = .absent
    var clientAuthorities: Given<PEMText> = .absent
    var clientAuthoritiesFile: Given<PEMText> = .absent
    var clientAllowedNames: Given<[String]> = .absent
    var minimumVersion: Given<TLSVersionSetting> = .absent
    var maximumVersion: Given<TLSVersionSetting> = .absent
    var cipherSuites: Given<[CipherSuiteSetting]> = .absent
    var curves: Given<[CurveSetting]> = .absent
    var prefersServerCipherSuites: Given<Bool> = .absent

    static let section = "`tls_server_config`"

    static let keys: [SettingKey<WebTLSDraft>] = [
        SettingKey(
            "cert_file",
            .pemFile,
            into: \.certificateFile,
            "The certificate and those that lead to its authority, in PEM. Read again when it changes."
        ),
        SettingKey("key_file", .pemFile, into: \.keyFile, "Its key, in PEM. Read again when it changes."),
        SettingKey("cert", .pem, into: \.certificate, "The certificate itself instead of `cert_file`."),
        SettingKey("key", .pem, into: \.key, "The key itself instead of `key_file`."),
        SettingKey(
            "client_auth_type",
            .word(),
            into: \.clientAuthentication,
            default: "`NoClientCert`",
            "Whether clients show a certificate. Only `RequireAndVerifyClientCert` keeps strangers out."
        ),
        SettingKey(
            "client_ca_file",
            .pemFile,
            into: \.clientAuthoritiesFile,
            "The authorities of clients' certificates, in PEM. Read again when it changes."
        ),
        SettingKey("client_ca", .pem, into: \.clientAuthorities, "The authorities themselves."),
        SettingKey(
            "client_allowed_sans",
            .names,
            into: \.clientAllowedNames,
            default: "any",
            "A client's certificate must have one of these as a subject alternative name: DNS, IP, e-mail or URI."
        ),
        SettingKey("min_version", .word(), into: \.minimumVersion, default: "`TLS12`", "The least version of TLS."),
        SettingKey("max_version", .word(), into: \.maximumVersion, default: "`TLS13`", "The highest version of TLS."),
        SettingKey(
            "cipher_suites",
            .words(),
            into: \.cipherSuites,
            default: "BoringSSL's",
            "The suites for TLS 1.2 and before, in Go's names. TLS 1.3 has its own, which are always offered."
        ),
        SettingKey(
            "curve_preferences",
            .words(),
            into: \.curves,
            default: "BoringSSL's",
            "The curves of the key exchange, the most wanted first."
        ),
        SettingKey(
            "prefer_server_cipher_suites",
            .flag,
            into: \.prefersServerCipherSuites,
            default: "`true`",
            "Read, and without effect, as in exporter-toolkit since Go 1.17."
        ),
    ]
}
