import ServiceLifecycle

/// A closure as a service. It is cancelled when the services are to end.
struct ClosureService: Service {
    private let body: @Sendable () async throws -> Void

    init(_ body: @escaping @Sendable () async throws -> Void) {
        self.body = body
    }

    func run() async throws {
        try await body()
    }
}
