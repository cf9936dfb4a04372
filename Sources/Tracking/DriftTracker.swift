import KoreAI
import Model

/// Since when each component of a bot is out of sync with its model, and how often it went so.
///
/// ```
///   first seen true ──▶ ┌─────────┐  false: +1  ┌──────────┐ ◀── first seen false: +0, its begin was not seen
///                       │ in sync │ ──────────▶ │ drifting │
///                       │         │ ◀────────── │          │
///                       └─────────┘  true: +0   └──────────┘
///                        │     ▲                 │      ▲
///                        └─────┘ true, absent    └──────┘ false, absent: +0
/// ```
///
/// A flag that a reply leaves out, as replies do while a training runs, says nothing: what it was before it remains,
/// and what it comes back as is compared with that. A flag that three finished replies in a row leave out is no longer
/// told by the platform: its component is forgotten, and one that comes back later is a new one.
///
/// A value: it takes the time as an argument.
struct DriftTracker: Sendable, Hashable {
    struct Drift: Sendable, Hashable {
        let component: String
        /// The flag's value in the last reply that had it.
        var inSync: Bool
        /// Whether the last reply had the flag.
        var isTold = true
        /// When the component was first seen out of sync; `nil` while it is in sync.
        var since: Timestamp?
        /// Times it went out of sync.
        var count: UInt64 = 0
        /// Finished replies since one had the flag.
        var absences = 0
        /// Whether a run was counted since the flag was last told, so that it may have turned true by that one.
        var isOutdated = false
    }

    /// The most values of the label `component` that a target may have.
    static let mostComponents = 32
    /// The finished replies in a row that leave a flag out until it is forgotten.
    static let absencesToForget = 3

    /// The drifts in the order of their components' names.
    var drifts: [Drift] = []

    /// Whether one of these flags is true that was false when it was last told, and no run that was counted explains it.
    func turnTrue(in flags: [SyncFlag]) -> Bool {
        var index = 0
        return flags.contains { flag in
            index = position(of: flag.component, near: index)
            return flag.inSync && isKnown(flag, at: index) && !drifts[index].inSync
                && !drifts[index].isOutdated
        }
    }

    /// The flags for which there was no place, of those that have just been taken in.
    func withoutPlace(_ flags: [SyncFlag]) -> [SyncFlag] {
        guard drifts.count >= Self.mostComponents else { return [] }
        var index = 0
        return flags.filter { flag in
            index = position(of: flag.component, near: index)
            return !isKnown(flag, at: index)
        }
    }

    /// - Parameters:
    ///   - flags: All that the reply has. Where there are more than fit, those that are known stay.
    ///   - isFinished: Whether the reply is that of a finished training, which has all flags that there are.
    mutating func observe(_ flags: [SyncFlag], isFinished: Bool, at now: Timestamp) {
        for index in drifts.indices {
            drifts[index].isTold = false
        }
        var new: [SyncFlag] = []
        // Flags come in the order that drifts have, so that the next one is mostly where the last one was found.
        var index = 0
        for flag in flags {
            index = position(of: flag.component, near: index)
            if isKnown(flag, at: index) {
                drifts[index].observe(inSync: flag.inSync, at: now)
            } else {
                new.append(flag)
            }
        }
        if isFinished { forgetAbsent() }
        for flag in new {
            index = position(of: flag.component, near: index)
            guard drifts.count < Self.mostComponents, !isKnown(flag, at: index) else { continue }
            let since = flag.inSync ? nil : now
            drifts.insert(Drift(component: flag.component, inSync: flag.inSync, since: since), at: index)
        }
    }

    /// A run was counted that the last reply showed.
    mutating func runEnded() {
        for index in drifts.indices where !drifts[index].isTold {
            drifts[index].isOutdated = true
        }
    }

    private mutating func forgetAbsent() {
        for index in drifts.indices where !drifts[index].isTold {
            drifts[index].absences += 1
        }
        drifts.removeAll { $0.absences >= Self.absencesToForget }
    }

    private func isKnown(_ flag: SyncFlag, at index: Int) -> Bool {
        index < drifts.count && drifts[index].component == flag.component
    }

    /// The index of a component or, where it is not known, the index at which it belongs.
    private func position(of component: String, near start: Int) -> Int {
        var index = min(start, drifts.count)
        while index < drifts.count, drifts[index].component < component { index += 1 }
        while index > 0, component <= drifts[index - 1].component { index -= 1 }
        return index
    }
}

extension DriftTracker.Drift {
    fileprivate mutating func observe(inSync told: Bool, at now: Timestamp) {
        if inSync, !told {
            count &+= 1
            since = now
        } else if told {
            since = nil
        }
        inSync = told
        isTold = true
        absences = 0
        isOutdated = false
    }
}

extension DriftTracker.Drift: Storable {
    func write(to writer: inout FieldWriter) {
        writer.write(1, component)
        writer.write(2, inSync)
        writer.write(3, isTold)
        if let since { writer.write(4, since) }
        writer.write(5, count)
        writer.write(6, Int64(absences))
        writer.write(7, isOutdated)
    }

    init(from reader: consuming FieldReader) throws(StoredFormError) {
        var component = ""
        var inSync = true
        var isTold = false
        var since: Timestamp?
        var count: UInt64 = 0
        var absences = 0
        var isOutdated = false
        while let field = try reader.next() {
            switch field.number {
            case 1: component = try field.string()
            case 2: inSync = try field.bool()
            case 3: isTold = try field.bool()
            case 4: since = try field.timestamp()
            case 5: count = try field.uint64()
            case 6: absences = Int(min(max(0, try field.int64()), Int64(DriftTracker.absencesToForget)))
            case 7: isOutdated = try field.bool()
            default: break
            }
        }
        self.init(
            component: component,
            inSync: inSync,
            isTold: isTold,
            since: since,
            count: count,
            absences: absences,
            isOutdated: isOutdated
        )
    }
}

extension DriftTracker: Storable {
    func write(to writer: inout FieldWriter) {
        for drift in drifts {
            writer.write(1, drift)
        }
    }

    init(from reader: consuming FieldReader) throws(StoredFormError) {
        self.init()
        while let field = try reader.next() {
            guard field.number == 1 else { continue }
            let drift: Drift = try field.stored()
            // In order, each once: as they were written, and as the tracker needs them.
            if drifts.count < Self.mostComponents, drifts.last.map({ $0.component < drift.component }) ?? true {
                drifts.append(drift)
            }
        }
    }
}
