package import Model
package import Tracking

/// What the store holds from before.
package struct LoadedState: Sendable {
    /// Of those targets that were asked for, the ones that the store knows.
    package var trackers: [Target: TargetTracker] = [:]
    /// By the names that they were committed with.
    package var values: [String: [UInt8]] = [:]

    package init() {}
}
