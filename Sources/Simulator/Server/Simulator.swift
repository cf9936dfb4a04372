import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import NIOSSL
import ServiceLifecycle
import Synchronization

/// A Kore.ai platform on loopback, which behaves or misbehaves as it is told.
///
/// Tests run it with ``withRunning(_:)`` and call its controls; commands run it as a service.
package final class Simulator: Sendable {
    package let scenario: Scenario
    package let clock: SimulatorClock
    package let configuration: SimulatorConfiguration
    /// `nil` for plain HTTP.
    package let certificates: SimulatorCertificates?
    private let tls: Mutex<SimulatorConfiguration.TLS>
    private let state: Mutex<SimulatorState>

    /// - Throws: ``ScenarioError`` where the scenario cannot be played.
    package init(
        scenario: Scenario,
        clock: SimulatorClock = .wall,
        configuration: SimulatorConfiguration = .standard
    ) throws {
        try scenario.validate()
        self.scenario = scenario
        self.clock = clock
        self.configuration = configuration
        certificates =
            configuration.tls == .none
            ? nil : try SimulatorCertificates(requiresClientCertificate: configuration.requiresClientCertificate)
        tls = Mutex(configuration.tls)
        state = Mutex(SimulatorState(scenario: scenario, now: clock.now))
    }

    /// Scheme, address, port and the scenario's path prefix, without a slash at the end; empty before it listens.
    package var baseURL: String {
        state.withLock { $0.baseURL }
    }

    /// Runs the simulator during `body`, and shuts it down afterwards.
    ///
    /// - Parameter body: Receives ``baseURL``.
    package func withRunning<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        let (ready, continuation) = AsyncStream.makeStream(of: String.self)
        let service = SimulatorService { try await self.run { continuation.yield($0) } }
        let services = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [service], logger: configuration.logger)
        )
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { continuation.finish() }
                try await services.run()
            }
            guard let baseURL = await ready.first(where: { _ in true }) else {
                try await tasks.waitForAll()
                throw CancellationError()
            }
            let result: Result<Value, any Error>
            do {
                result = .success(try await body(baseURL))
            } catch {
                result = .failure(error)
            }
            await services.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return try result.get()
        }
    }

    /// Runs until the task is cancelled or its service group shuts down.
    ///
    /// - Parameter onReady: Receives ``baseURL`` once the simulator listens.
    package func run(onReady: @escaping @Sendable (String) async -> Void) async throws {
        let scheme = configuration.tls == .none ? "http" : "https"
        let application = Application(
            responder: SimulatorResponder(simulator: self, verifier: await TokenVerifier(scenario.credentials)),
            server: HTTPServerBuilder { responder in
                SimulatorChannel(
                    http: HTTP1Channel(responder: responder),
                    opened: { self.update { state, _ in state.counts.openConnection() } },
                    closed: { self.update { state, _ in state.counts.closeConnection() } },
                    tls: { self.context() }
                )
            },
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port)
            ),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? self.configuration.port
                let baseURL = "\(scheme)://\(self.configuration.host):\(port)\(self.scenario.pathPrefix)"
                self.update { state, _ in state.baseURL = baseURL }
                await onReady(baseURL)
            },
            logger: configuration.logger
        )
        try await application.run()
    }

    /// Uses another certificate for new connections; open ones go on.
    package func presentCertificate(_ certificate: SimulatorConfiguration.TLS) {
        tls.withLock { tls in
            if tls != .none, certificate != .none { tls = certificate }
        }
    }

    private func context() -> NIOSSLContext? {
        switch tls.withLock({ $0 }) {
        case .none: nil
        case .trusted: certificates?.trusted
        case .expired: certificates?.expired
        }
    }

    /// Changes the state at the present time.
    func update<Value: Sendable, Failure: Error>(
        _ change: (inout SimulatorState, SimulatorTime) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        // The time is read under the lock, so that it never goes backwards for the state.
        try state.withLock { state throws(Failure) in try change(&state, clock.now) }
    }

    /// Counts a request and finds the fault that hits it.
    ///
    /// - Returns: The fault, and the key of the request for ``end(_:status:)``.
    func begin(_ request: APIRequest, target: String) -> (counted: String, fault: Fault?) {
        update { state, now in
            let bot = request.bot.flatMap { state.platform.bots[$0] }
            let counted = state.counts.begin(request, target: target, isKnownBot: bot != nil, at: now)
            return (counted, state.faults.hit(request, botName: bot?.scenario.name))
        }
    }

    func answer(_ request: APIRequest, token: TokenFinding) -> Reply {
        update { state, now in state.answer(request, token: token, at: now) }
    }

    func end(_ counted: String, status: Int) {
        update { state, _ in state.counts.end(counted, status: status) }
    }
}

extension Simulator: Service {
    package func run() async throws {
        try await run { _ in }
    }
}

/// Runs a closure as a service.
private struct SimulatorService: Service {
    let body: @Sendable () async throws -> Void

    func run() async throws {
        try await body()
    }
}

/// How a ``Simulator`` listens.
package struct SimulatorConfiguration: Sendable {
    package enum TLS: String, Word {
        /// Plain HTTP.
        case none
        /// A certificate for `localhost` and 127.0.0.1 from the simulator's own authority.
        case trusted
        /// A certificate like ``trusted`` that expired a day ago.
        case expired
    }

    /// An IPv4 address.
    package var host = "127.0.0.1"
    /// 0 for any free port.
    package var port = 0
    package var tls = TLS.none
    /// Whether clients need a certificate of the simulator's authority.
    package var requiresClientCertificate = false
    /// Whether clients on loopback may use `/_simulator/…`.
    package var isAdminEnabled = false
    package var logger = Logger(label: "simulator", factory: { _ in SwiftLogNoOpLogHandler() })

    package static let standard = SimulatorConfiguration()
}

/// The state of a ``Simulator``, behind one lock. It is a value, which takes the time as an argument.
struct SimulatorState: Sendable {
    var platform: Platform
    var limiter: RateLimiter
    var access: Access
    var faults = FaultTable()
    var counts = RequestCounts() {
        didSet { for watcher in watchers.values { watcher.yield(counts) } }
    }
    /// Tasks that wait for the counts to meet a condition.
    var watchers: [Int: AsyncStream<RequestCounts>.Continuation] = [:]
    var lastWatcher = 0
    let limits: Scenario.Limits
    /// Scheme, address, port and the scenario's path prefix, without a slash at the end; empty before it has a port.
    var baseURL = "" {
        didSet { platform.filesURL = "\(baseURL)/_simulator/files" }
    }

    init(scenario: Scenario, now: SimulatorTime) {
        platform = Platform(scenario: scenario, now: now)
        limiter = RateLimiter(limits: scenario.limits, speed: scenario.speed)
        access = Access(scenario, start: now)
        limits = scenario.limits
    }

    /// Answers a request as the platform does: method, token, rate limit, then the call itself.
    ///
    /// Which of these the real platform checks first is not documented. A request that is refused for its token does
    /// not count against the rate limit.
    mutating func answer(_ request: APIRequest, token: TokenFinding, at now: SimulatorTime) -> Reply {
        platform.advance(to: now)
        guard request.method == request.endpoint.method else { return .methodNotAllowed }
        switch access.admit(token, endpoint: request.endpoint, bot: request.bot, at: now) {
        case .refused(let reply): return reply
        case .admitted(let credential):
            let language = request.bot.map { platform.defaultLanguage(of: $0) }
            let key = RateLimiter.key(request, defaultLanguage: language, credential: credential, per: limits.per)
            if let refusal = limiter.admit(key, at: now) { return limiter.reply(to: refusal) }
            return platform.answer(request, at: now)
        }
    }
}
