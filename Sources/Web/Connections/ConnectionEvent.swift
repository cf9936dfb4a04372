/// What the handlers of a request tell the handler of its connection.
enum ConnectionEvent: Sendable {
    case becameMultiplexed
    case requestBegan
    case requestEnded
    case responseEnded
}
