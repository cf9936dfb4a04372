import NIOCore
import OrderedCollections
import Synchronization

/// Bounds how many scrapes are answered at once: each keeps what it sends until it is read.
final class ScrapeLimit: Sendable {
    /// A scrape's place, free again when nobody holds it.
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
        /// The oldest first.
        var taken: OrderedDictionary<Int, (since: ContinuousClock.Instant, channel: any Channel)> = [:]
    }

    private let most: Int
    private let minHold: Duration?
    private let state = Mutex(State())

    /// - Parameters:
    ///   - most: 0 for no limit.
    ///   - minHold: The oldest scrape ends for a new one when it has taken longer; `nil` for never.
    init(_ most: Int, minHold: Duration? = nil) {
        self.most = most
        self.minHold = minHold
    }

    /// - Parameter channel: Ends where the scrape has to give way.
    /// - Returns: `nil` where there are no more places.
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
