import Glibc
import Logging
import NIOCore

/// Stops accepting connections on one address while the system has no file descriptors left, or the rest is reserved.
///
/// It is the first handler of the listening socket. It turns `autoRead` off: without reads alone, NIO would try the
/// same accept again at once, without end. Pauses of all addresses together are logged at most once a minute.
final class AcceptHandler: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel
    typealias OutboundIn = any Channel
    typealias OutboundOut = any Channel

    /// How many connections are accepted before their number is checked again.
    private static let batch: UInt = 4
    /// The wait after the system had no descriptor left. Nothing signals that there is one again.
    private static let pause = TimeAmount.milliseconds(500)

    private let table: ConnectionTable
    private let logger: Logger
    private var isPaused = false

    init(table: ConnectionTable, logger: Logger) {
        self.table = table
        self.logger = logger
    }

    func handlerAdded(context: ChannelHandlerContext) {
        context.channel.setOption(ChannelOptions.maxMessagesPerRead, value: Self.batch).whenFailure { _ in }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        table.opened(unwrapInboundIn(data))
        context.fireChannelRead(data)
        guard !isPaused, !table.hasRoom else { return }
        pause(context, "as many connections are open as the limit of file descriptors allows: accepting pauses")
        table.whenThereIsRoom(on: context.eventLoop) { self.goOn(context) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? IOError, [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(error.errnoCode) else {
            context.fireErrorCaught(error)
            return
        }
        guard !isPaused else { return }
        pause(context, "no connection can be accepted: \(String(cString: strerror(error.errnoCode))): accepting pauses")
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) { self.goOn(context) }
    }

    private func pause(_ context: ChannelHandlerContext, _ words: String) {
        isPaused = true
        if table.mayLogPause(at: .now) {
            logger.warning(
                "\(words)",
                metadata: [
                    "connections": "\(table.openCount)",
                    "remedy": "raise the limit of open files (ulimit -Hn, LimitNOFILE)",
                ]
            )
        }
        context.channel.setOption(ChannelOptions.autoRead, value: false).whenFailure { _ in }
    }

    private func goOn(_ context: ChannelHandlerContext) {
        isPaused = false
        context.channel.setOption(ChannelOptions.autoRead, value: true).whenFailure { _ in }
    }
}
