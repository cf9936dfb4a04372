import Web

/// A path for scrapes that the exporter answers with something else.
struct TelemetryPathError: Error, CustomStringConvertible {
    let path: String

    var description: String {
        "--web.telemetry-path is \(path), which the exporter answers with something else: choose another, as /metrics"
    }

    /// - Parameter others: The routes beside those of scrapes.
    /// - Throws: Where one of them has the path.
    static func check(_ path: String, isIn others: [WebRoutes]) throws(TelemetryPathError) {
        let taken = others.flatMap(\.paths).map { $0.split(separator: "/") }
        if taken.contains(path.split(separator: "/")) { throw TelemetryPathError(path: path) }
    }
}
