import HeapModule
package import Model

/// When the domain series of each target are too old to be shown.
///
/// A value: it takes the time as an argument and returns what to do.
package struct Expirations: Sendable {
    private struct Entry: Comparable {
        let time: Timestamp
        let target: Int

        static func < (left: Entry, right: Entry) -> Bool {
            (left.time, left.target) < (right.time, right.target)
        }
    }

    /// The heap has one entry for each target that shows something, however often its expiry is put off.
    private var heap = Heap<Entry>()
    private var expiresAt: [Int: Timestamp] = [:]

    package init() {}

    /// A good reply came: the target's series may be shown until `time`.
    package mutating func putOff(_ target: Int, until time: Timestamp) {
        if expiresAt.updateValue(time, forKey: target) == nil {
            heap.insert(Entry(time: time, target: target))
        }
    }

    /// Takes the targets whose series must vanish now.
    package mutating func takeExpired(now: Timestamp) -> [Int] {
        var expired: [Int] = []
        while let entry = heap.min, entry.time <= now {
            heap.removeMin()
            guard let time = expiresAt[entry.target] else { continue }
            if time <= now {
                expiresAt[entry.target] = nil
                expired.append(entry.target)
            } else {
                heap.insert(Entry(time: time, target: entry.target))
            }
        }
        return expired
    }
}
