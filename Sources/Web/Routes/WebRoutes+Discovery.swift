import Hummingbird

extension WebRoutes {
    /// Prometheus's HTTP service discovery of the bots to probe.
    package static func discovery(_ targets: @escaping @Sendable () -> [ProbeTarget]) -> WebRoutes {
        WebRoutes(paths: ["/sd"]) { router in
            router.get("/sd") { request, _ in
                guard let host = HostHeader.checked(request.head.authority) else {
                    return Response.fault(
                        .badRequest,
                        "the header Host must be a name or an address, with or without a port"
                    )
                }
                return Response.json(.ok, targets().map { TargetGroup($0, host: host) })
            }
        }
    }
}
