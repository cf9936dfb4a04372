/// What `/-/ready` tells.
package enum WebReadiness: Sendable, Hashable {
    case ready
    /// So many targets have not been polled yet.
    case waiting(targets: Int)
}
