/// A cipher suite, in the words of Go's `crypto/tls`: what `CipherSuites()` gives, and the suites with an RSA key
/// exchange that it gave until Go 1.21.
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

    /// Source: IANA, TLS Cipher Suites.
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

    /// Whether it is one of TLS 1.3, which always offers all of its own.
    package var isOfTLS13: Bool {
        number >> 8 == 0x13
    }

    /// Whether it is one of the two that HTTP/2 cannot do without.
    ///
    /// Source: RFC 9113, section 9.2.2, and Go's `http2.ConfigureServer`.
    package var isRequiredByHTTP2: Bool {
        self == .rsaAES128 || self == .ecdsaAES128
    }
}
