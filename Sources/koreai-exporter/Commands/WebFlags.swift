import App
import ArgumentParser
import Web

/// The flags of the exporter's own HTTP server.
struct WebFlags: ParsableArguments {
    @Option(
        name: .customLong("web.listen-address"),
        help: ArgumentHelp(
            "Where to listen, as HOST:PORT or unix:/PATH; an empty host is every address. May be repeated.",
            valueName: "address"
        )
    )
    var listenAddresses: [ListenAddress] = [ListenAddress(host: "", port: 10573)]

    @Option(
        name: .customLong("web.telemetry-path"),
        help: ArgumentHelp("The path that Prometheus scrapes.", valueName: "path")
    )
    var telemetryPath = "/metrics"

    @Option(
        name: .customLong("web.external-url"),
        help: ArgumentHelp(
            "The URL by which clients reach the exporter, such as through a proxy; only its path is enough.",
            valueName: "url"
        )
    )
    var externalURL = ""

    @Option(
        name: .customLong("web.route-prefix"),
        help: ArgumentHelp(
            "The path under which the exporter answers. By default the path of --web.external-url.",
            valueName: "path"
        )
    )
    var routePrefix = ""

    @Option(
        name: .customLong("web.config.file"),
        help: ArgumentHelp(
            "TLS, passwords and headers of the exporter's own HTTP server, as exporter-toolkit defines them.",
            valueName: "file"
        )
    )
    var configFile = ""

    @Option(
        name: .customLong("web.max-connections"),
        help: ArgumentHelp("Connections at once; over this, one that says nothing gives way.", valueName: "count")
    )
    var maxConnections = WebLimits.standard.connections

    @Flag(name: .customLong("web.enable-lifecycle"), help: "Let POST /-/reload reload the configuration.")
    var enableLifecycle = false

    @Option(
        name: .customLong("web.max-requests"),
        help: ArgumentHelp(
            "How many scrapes are answered at once; more get status 503. 0 for no limit.",
            valueName: "number"
        )
    )
    var maxRequests = 40

    mutating func validate() throws {
        guard maxRequests >= 0 else {
            throw ValidationError("--web.max-requests must be 0 or more, but is \(maxRequests).")
        }
        guard maxConnections > 0 else {
            throw ValidationError("--web.max-connections must be at least 1, but is \(maxConnections).")
        }
        guard externalURL.isEmpty || ExternalURL(externalURL) != nil else {
            throw ValidationError(
                "--web.external-url must be a URL such as https://example.com/koreai/ or a path such as /koreai/, "
                    + "but is '\(externalURL)'."
            )
        }
        guard RoutePrefix(routePrefix) != nil else {
            throw ValidationError(
                "--web.route-prefix must be a path such as /koreai, but is '\(routePrefix)': "
                    + "use letters, digits, '-', '_', '.' and '/'."
            )
        }
        guard telemetryPath.hasPrefix("/"), telemetryPath.count > 1, !telemetryPath.hasPrefix("/-/"),
            telemetryPath.unicodeScalars.allSatisfy({
                $0.isASCII && $0.value > 0x20 && !":*{}?#\"<>".unicodeScalars.contains($0)
            })
        else {
            throw ValidationError(
                "--web.telemetry-path must be a path such as /metrics, but is '\(telemetryPath)': "
                    + "begin with a slash and use letters, digits, '-', '_', '.' and '/'; /-/ is taken."
            )
        }
    }

    var options: WebOptions {
        WebOptions(
            externalURL: ExternalURL(externalURL),
            routePrefix: routePrefix.isEmpty ? nil : RoutePrefix(routePrefix),
            telemetryPath: telemetryPath,
            version: BuildInfo.version,
            isLifecycleEnabled: enableLifecycle,
            maxRequests: maxRequests,
            limits: WebLimits(connections: maxConnections)
        )
    }
}

extension ListenAddress: ExpressibleByArgument {
    public init?(argument: String) {
        self.init(argument)
    }

    public var defaultValueDescription: String {
        description
    }
}
