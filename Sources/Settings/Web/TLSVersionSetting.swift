/// A version of TLS, in exporter-toolkit's words.
package enum TLSVersionSetting: String, Sendable, CaseIterable, Comparable {
    case tls10 = "TLS10"
    case tls11 = "TLS11"
    case tls12 = "TLS12"
    case tls13 = "TLS13"

    package static func < (left: TLSVersionSetting, right: TLSVersionSetting) -> Bool {
        left.rawValue < right.rawValue
    }
}
