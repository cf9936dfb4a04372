import KoreAI

/// Since when each component of a bot is out of sync with its model, and how often it went so.
///
/// ```
///   first seen true ──▶ in sync ──── false: counted ───▶ drifting
///                         ▲  absent: unchanged             │  absent: unchanged
///                         └──────────── true ──────────────┘
///   first seen false ──▶ drifting, not counted: nobody saw it begin
/// ```
///
/// A value: it takes the time as an argument.
struct DriftTracker: Sendable, Hashable {
    struct Drift: Sendable, Hashable {
        /// As the last reply that had the flag said.
        var inSync: Bool
        /// Whether the last reply had the flag.
        var isTold: Bool
        /// When the component was first seen out of sync; `nil` while it is in sync.
        var since: Timestamp?
        /// Times it went out of sync.
        var count: UInt64 = 0
    }

    /// As the contract bounds the label.
    static let mostComponents = 32

    var components: [String: Drift] = [:]

    mutating func observe(_ flags: [SyncFlag], at now: Timestamp) {
        for component in components.keys {
            components[component]?.isTold = false
        }
        for flag in flags {
            if var drift = components[flag.component] {
                drift.isTold = true
                if drift.inSync, !flag.inSync {
                    drift.count &+= 1
                    drift.since = now
                } else if flag.inSync {
                    drift.since = nil
                }
                drift.inSync = flag.inSync
                components[flag.component] = drift
            } else if components.count < Self.mostComponents {
                components[flag.component] = Drift(
                    inSync: flag.inSync,
                    isTold: true,
                    since: flag.inSync ? nil : now
                )
            }
        }
    }
}
