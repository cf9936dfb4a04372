import KoreAI

/// Since when each component of a bot is out of sync with its model, and how often it went so.
///
/// ```
///   first seen true ──▶ ┌─────────┐  false: +1  ┌──────────┐ ◀── first seen false: +0, nobody saw it begin
///                       │ in sync │ ──────────▶ │ drifting │
///                       │         │ ◀────────── │          │
///                       └─────────┘  true: +0   └──────────┘
///                        │     ▲                 │      ▲
///                        └─────┘ true, absent    └──────┘ false, absent: +0
/// ```
///
/// A flag that a reply leaves out, as replies do while a training runs, says nothing: what it was before it remains,
/// and what it comes back as is compared with that.
///
/// A value: it takes the time as an argument.
struct DriftTracker: Sendable, Hashable {
    struct Drift: Sendable, Hashable {
        let component: String
        /// As the last reply that had the flag said.
        var inSync: Bool
        /// Whether the last reply had the flag.
        var isTold = true
        /// When the component was first seen out of sync; `nil` while it is in sync.
        var since: Timestamp?
        /// Times it went out of sync.
        var count: UInt64 = 0
    }

    /// As the contract bounds the label.
    static let mostComponents = 32

    /// By component, in order.
    var drifts: [Drift] = []

    mutating func observe(_ flags: [SyncFlag], at now: Timestamp) {
        for index in drifts.indices {
            drifts[index].isTold = false
        }
        // Flags come in the order that drifts have, so that the next one is mostly where the last one was found.
        var index = 0
        for flag in flags {
            index = position(of: flag.component, near: index)
            if index < drifts.count, drifts[index].component == flag.component {
                drifts[index].tell(flag.inSync, at: now)
            } else if drifts.count < Self.mostComponents {
                let since = flag.inSync ? nil : now
                drifts.insert(Drift(component: flag.component, inSync: flag.inSync, since: since), at: index)
            }
        }
    }

    /// Where the component is, or where it belongs.
    private func position(of component: String, near start: Int) -> Int {
        var index = start
        while index < drifts.count, drifts[index].component < component { index += 1 }
        while index > 0, component <= drifts[index - 1].component { index -= 1 }
        return index
    }
}

extension DriftTracker.Drift {
    fileprivate mutating func tell(_ told: Bool, at now: Timestamp) {
        if inSync, !told {
            count &+= 1
            since = now
        } else if told {
            since = nil
        }
        inSync = told
        isTold = true
    }
}
