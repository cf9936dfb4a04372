package import Model
package import Tracking

/// The state that the store had when it was opened.
package struct LoadedState: Sendable {
    /// The targets that were asked for and that the store knows.
    package var trackers: [Target: TargetTracker] = [:]
    /// The values by the names that they were committed with.
    package var values: [String: [UInt8]] = [:]

    package init() {}
}
