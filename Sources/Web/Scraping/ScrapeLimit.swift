import NIOCore
import OrderedCollections
import Synchronization

/// Limits how many scrapes are answered at once: each one holds its response in memory until it is sent.
final class ScrapeLimit: Sendable {
    /// The place of one scrape, free again when the last reference is released.
    final class Place: Sendable {
        private let limit: ScrapeLimit
        private let number: Int

        fileprivate init(_ limit: ScrapeLimit, _ number: Int) {
            self.limit = limit
            self.number = number
        }

        deinit {
            _ = limit.state.withLock { $0.taken.removeValue(forKey: number) }
        }
    }

    private struct State {
        var next = 0
        /// The places in use, the oldest first.
        var taken: OrderedDictionary<Int, (since: ContinuousClock.Instant, channel: any Channel)> = [:]
    }

    private let most: Int
    private let minHold: Duration?
    private let state = Mutex(State())

    /// - Parameters:
    ///   - most: 0 for no limit.
    ///   - minHold: How long a scrape has its place for sure; after that, a new scrape may end it. `nil`: it is never
    ///     ended.
    init(_ most: Int, minHold: Duration? = nil) {
        self.most = most
        self.minHold = minHold
    }

    /// - Parameter channel: Closed if a later scrape takes the place.
    /// - Returns: `nil` if there are no more places.
    func take(for channel: any Channel, now: ContinuousClock.Instant = .now) -> Place? {
        let (number, slowest) = state.withLock { state -> (Int?, (any Channel)?) in
            var slowest: (any Channel)?
            if most > 0, state.taken.count >= most {
                guard let minHold, let oldest = state.taken.values.first, now - oldest.since >= minHold else {
                    return (nil, nil)
                }
                slowest = state.taken.removeFirst().value.channel
            }
            state.next += 1
            state.taken[state.next] = (now, channel)
            return (state.next, slowest)
        }
        slowest?.close(promise: nil)
        return number.map { Place(self, $0) }
    }
}
