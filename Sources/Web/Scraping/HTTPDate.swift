import Glibc

/// The time as HTTP writes it.
///
/// Source: RFC 9110, section 5.6.7.
enum HTTPDate {
    static var now: String { text(time(nil)) }

    /// - Parameter seconds: Since 1970.
    static func text(_ seconds: Int) -> String {
        var seconds = seconds
        var parts = tm()
        gmtime_r(&seconds, &parts)
        // Names of days and months are English: nothing here sets another locale.
        return String(unsafeUninitializedCapacity: 64) { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                strftime($0.baseAddress, $0.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
            }
        }
    }
}
