import CRuntime
import Curl
package import Exposition

/// Configures how glibc's `malloc` takes memory from the system.
///
/// A scrape of many targets needs megabytes of buffers for a short time. By default glibc keeps such memory, once for
/// each of its arenas, so that the process seems to grow for as long as scrapes run on ever new threads.
///
/// Source: `mallopt(3)`.
package enum MemoryAllocation {
    /// In bytes: larger blocks go back to the system when freed. Setting it also keeps glibc from raising it.
    private static let mapped: CInt = 1 << 18
    private static let arenas: CInt = 2

    /// Sets the limits; has to be called before threads are started.
    package static func configure() {
        mallopt(M_MMAP_THRESHOLD, mapped)
        mallopt(M_ARENA_MAX, arenas)
    }
}

/// What this binary was built from.
package enum BuildInfo {
    package static let version = "0.1.0"

    /// The git commit, with `-dirty` where the tree had changes; `unknown` without git.
    package static let revision = String(cString: build_revision())

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

    package static let userAgent = "koreai-exporter/\(version)"

    package static func register(in registry: Registry) {
        let gauge = GaugeVector(family, in: registry)
        gauge.set(1, [version, revision, swift, CurlClient.libcurlVersion])
    }
}
