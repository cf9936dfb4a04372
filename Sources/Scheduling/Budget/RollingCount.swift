/// How many requests were made within a rolling window, kept as counts in 61 slots.
///
/// A slot is a sixtieth of the window, and a request counts until its whole slot has left the window. So the count is
/// never below the true one, and a request is remembered for at most a sixtieth too long: 1 s of a minute, 1 min of an
/// hour. Exact instants would need 7 KiB for the hour's 1,800 requests; this needs a quarter of one.
///
/// Times are milliseconds of a clock that does not go back. One that does is read as standing still.
struct RollingCount: Sendable, Hashable {
    /// Slots of a window; one more is kept, because the oldest is only partly inside.
    static let slotsPerWindow: Int64 = 60
    private static let kept = slotsPerWindow + 1

    /// Milliseconds, above 0.
    let slotLength: Int64
    private var counts: [UInt32]
    /// The number of the newest slot: time divided by ``slotLength``.
    private var newest: Int64
    /// Sum of all counts.
    private(set) var total = 0

    /// - Parameter window: Milliseconds, at least 60.
    init(window: Int64, now: Int64) {
        slotLength = max(1, window / Self.slotsPerWindow)
        counts = Array(repeating: 0, count: Int(Self.kept))
        newest = Self.floorDivide(now, slotLength)
    }

    /// Forgets what has left the window.
    mutating func advance(to now: Int64) {
        let slot = Self.floorDivide(now, slotLength)
        guard slot > newest else { return }
        if total > 0 {
            for left in max(newest + 1, slot - Self.slotsPerWindow)...slot {
                let place = Self.place(left)
                total -= Int(counts[place])
                counts[place] = 0
            }
        }
        newest = slot
    }

    /// Counts requests made at `now`.
    mutating func add(_ number: Int = 1, at now: Int64) {
        advance(to: now)
        let place = Self.place(newest)
        let added = UInt32(clamping: number).addingReportingOverflow(counts[place])
        let sum = added.overflow ? UInt32.max : added.partialValue
        total += Int(sum - counts[place])
        counts[place] = sum
    }

    /// Counts a request that was made in the past. One that has left the window is not counted.
    mutating func add(earlierAt time: Int64) {
        let slot = min(Self.floorDivide(time, slotLength), newest)
        guard slot >= oldest else { return }
        let place = Self.place(slot)
        guard counts[place] < .max else { return }
        counts[place] += 1
        total += 1
    }

    /// When at most `number` requests are left in the window, if none is added; `nil` where that is so already.
    /// Call ``advance(to:)`` first.
    func time(untilAtMost number: Int) -> Int64? {
        guard total > number else { return nil }
        var left = total
        var place = oldestPlace
        for slot in oldest...newest {
            left -= Int(counts[place])
            if left <= number { return departure(of: slot) }
            place = Self.next(place)
        }
        return departure(of: newest)
    }

    /// The highest steady rate that fits from now on, while the requests of the past leave the window, in requests a
    /// millisecond; negative where there is no room at all. Call ``advance(to:)`` first.
    ///
    /// - Parameter added: Requests that are made at once besides.
    func steadyRate(limit: Int, added: Int, now: Int64) -> Double {
        var room = limit - total - added
        var rate = Double.infinity
        var place = oldestPlace
        var length = departure(of: oldest) - now
        for _ in 0..<Self.kept {
            // It is tightest just before a slot leaves: the past still weighs in full, the steady requests on top.
            let count = Int(counts[place])
            if count > 0 {
                rate = min(rate, Double(room) / Double(max(1, length)))
                room += count
            }
            place = Self.next(place)
            length += slotLength
        }
        return min(rate, Double(room) / Double(Self.kept * slotLength))
    }

    /// The slots that hold something, oldest first, with the last millisecond of each.
    var entries: [(end: Int64, count: Int)] {
        (oldest...newest).compactMap { slot in
            let count = counts[Self.place(slot)]
            return count == 0 ? nil : ((slot + 1) * slotLength - 1, Int(count))
        }
    }

    private var oldestPlace: Int { Self.place(oldest) }

    private static func next(_ place: Int) -> Int {
        place == Int(kept) - 1 ? 0 : place + 1
    }

    private var oldest: Int64 { newest - Self.slotsPerWindow }

    /// When the requests of a slot stop counting.
    private func departure(of slot: Int64) -> Int64 {
        (slot + Self.kept) * slotLength
    }

    private static func place(_ slot: Int64) -> Int {
        let rest = slot % kept
        return Int(rest < 0 ? rest + kept : rest)
    }

    private static func floorDivide(_ time: Int64, _ length: Int64) -> Int64 {
        let (quotient, rest) = time.quotientAndRemainder(dividingBy: length)
        return rest < 0 ? quotient - 1 : quotient
    }
}
