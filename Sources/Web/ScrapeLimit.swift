import Synchronization

/// Bounds how many scrapes are answered at once: each keeps what it sends until it is read.
final class ScrapeLimit: Sendable {
    /// A scrape's place, free again when nobody holds it.
    final class Place: Sendable {
        private let limit: ScrapeLimit

        fileprivate init(_ limit: ScrapeLimit) {
            self.limit = limit
        }

        deinit {
            limit.taken.withLock { $0 -= 1 }
        }
    }

    private let most: Int
    private let taken = Mutex(0)

    /// - Parameter most: 0 for no limit.
    init(_ most: Int) {
        self.most = most
    }

    /// - Returns: `nil` where there are no more places.
    func take() -> Place? {
        let isFree = taken.withLock { taken in
            guard most == 0 || taken < most else { return false }
            taken += 1
            return true
        }
        return isFree ? Place(self) : nil
    }
}
