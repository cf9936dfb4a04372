import CBuild
import Curl
import Exposition

/// What this binary was built from.
enum BuildInfo {
    static let version = "0.1.0"

    /// The git commit, with `-dirty` where the tree had changes; `unknown` without git.
    static let revision = String(cString: build_revision())

    /// The compiler's version, major and minor.
    static let swift: String = {
        #if compiler(>=6.5)
            "6.5 or later"
        #elseif compiler(>=6.4)
            "6.4"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }()

    static let family = MetricFamily(
        "koreai_exporter_build_info",
        .gauge,
        labels: ["version", "revision", "swift", "libcurl"],
        help: "What the exporter was built from; always 1."
    )

    static let userAgent = "koreai-exporter/\(version)"

    static func register(in registry: Registry) {
        let gauge = GaugeVector(family, in: registry)
        gauge.set(1, [version, revision, swift, CurlClient.libcurlVersion])
    }
}
