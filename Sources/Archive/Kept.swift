package import Tracking

/// What the store holds from before.
package struct Kept: Sendable {
    /// Of those targets that were asked for, the ones that the store knows.
    package internal(set) var trackers: [Target: TargetTracker] = [:]
    package internal(set) var values: [String: [UInt8]] = [:]
}
