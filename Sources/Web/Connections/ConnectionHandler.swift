import NIOCore

/// Closes a connection that misses its deadline, and keeps its entry in the table up to date. It is the first handler
/// of the pipeline, so that it also sees the bytes of the TLS handshake.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let id: Int
    private let table: ConnectionTable
    private var state: ConnectionState
    private var timer: Scheduled<Void>?
    private var timerDeadline: ContinuousClock.Instant?
    private var hasEnded = false

    init(id: Int, table: ConnectionTable, limits: WebLimits) {
        self.id = id
        self.table = table
        state = ConnectionState(limits: limits, at: .now)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        schedule(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        state.received(at: .now)
        schedule(context)
        context.fireChannelRead(data)
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard let event = event as? ConnectionEvent else {
            context.triggerUserOutboundEvent(event, promise: promise)
            return
        }
        let wasAnswering = state.requestsInFlight > 0
        switch event {
        case .gaveWay:
            context.close(promise: promise)
            return
        case .becameMultiplexed: state.becameMultiplexed(at: .now)
        case .requestBegan: state.requestBegan(at: .now)
        case .requestEnded: state.requestEnded(at: .now)
        case .responseEnded: state.responseEnded(at: .now)
        }
        let isAnswering = state.requestsInFlight > 0
        if isAnswering, !wasAnswering { table.beginsAnswer(id) }
        if wasAnswering, !isAnswering { table.endsAnswer(id) }
        schedule(context)
        promise?.succeed()
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end()
    }

    private func end() {
        timer?.cancel()
        guard !hasEnded else { return }
        hasEnded = true
        table.ended(id)
    }

    /// Sets a timer for the deadline. If the deadline moves later, the timer stays and sets the next one when it fires,
    /// which saves a timer for each request.
    private func schedule(_ context: ChannelHandlerContext) {
        let deadline = state.deadline
        if let timerDeadline, timerDeadline <= deadline { return }
        timer?.cancel()
        timerDeadline = deadline
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(deadline - .now)) {
            self.timerDeadline = nil
            if self.state.deadline <= .now {
                context.close(promise: nil)
            } else {
                self.schedule(context)
            }
        }
    }
}

/// What the request handlers and the table report to the handler of a connection.
enum ConnectionEvent: Sendable {
    /// The connection is closed to make room for another one.
    case gaveWay
    case becameMultiplexed
    case requestBegan
    case requestEnded
    case responseEnded
}

/// A state machine that knows when a connection must be closed, and how many of its requests are being answered.
struct ConnectionState: Sendable {
    private let limits: WebLimits
    /// The number of requests whose head came and whose response has not ended.
    private(set) var requestsInFlight = 0
    private var isReading = true
    private var isMultiplexed = false
    /// When the connection is closed.
    private(set) var deadline: ContinuousClock.Instant

    init(limits: WebLimits, at now: ContinuousClock.Instant) {
        self.limits = limits
        deadline = now + limits.requestTimeout
    }

    /// Bytes came, which may belong to anything.
    mutating func received(at now: ContinuousClock.Instant) {
        // HTTP/2 has frames that belong to no request.
        guard !isMultiplexed, !isReading, requestsInFlight == 0 else { return }
        isReading = true
        deadline = now + limits.requestTimeout
    }

    /// The connection uses HTTP/2 from now on.
    mutating func becameMultiplexed(at now: ContinuousClock.Instant) {
        isMultiplexed = true
        isReading = false
        deadline = now + limits.idleTimeout
    }

    /// The head of a request is complete.
    mutating func requestBegan(at now: ContinuousClock.Instant) {
        requestsInFlight += 1
        if isMultiplexed { deadline = now + limits.responseTimeout }
    }

    /// The last byte of a request came.
    mutating func requestEnded(at now: ContinuousClock.Instant) {
        isReading = false
        deadline = now + (requestsInFlight > 0 ? limits.responseTimeout : limits.idleTimeout)
    }

    /// The last byte of a response was passed to the kernel.
    mutating func responseEnded(at now: ContinuousClock.Instant) {
        // A request that could not be parsed gets a response, but `requestBegan` was never called for it.
        requestsInFlight = max(0, requestsInFlight - 1)
        if requestsInFlight == 0, !isReading { deadline = now + limits.idleTimeout }
    }
}
