import NIOCore

/// What a responder asks of its connection: sent down the pipeline to the ``ConnectionHandler``.
enum ConnectionEvent: Sendable {
    /// End with FIN.
    case close
    /// End with RST.
    case reset
    /// Keep the promise when the time is over, or break it when the connection ends before. `nil`: only the latter.
    case hold(EventLoopPromise<Void>, TimeAmount?)
}

extension Channel {
    /// Ends the connection without a word, and returns when it has ended.
    func end(_ event: ConnectionEvent) async {
        triggerUserOutboundEvent(event, promise: nil)
        try? await closeFuture.get()
    }

    /// Waits in real time.
    ///
    /// - Parameter duration: `nil`: for as long as the connection lives.
    /// - Throws: `ChannelError` when the client or the simulator goes.
    func hold(for duration: Duration?) async throws {
        let promise = eventLoop.makePromise(of: Void.self)
        let time = duration.map { TimeAmount.milliseconds(max(0, $0.clampedMilliseconds)) }
        eventLoop.execute {
            // Only here is it certain that the handler is still there to keep the promise.
            guard self.isActive else { return promise.fail(ChannelError.ioOnClosedChannel) }
            self.triggerUserOutboundEvent(ConnectionEvent.hold(promise, time), promise: nil)
        }
        try await promise.futureResult.get()
    }
}
