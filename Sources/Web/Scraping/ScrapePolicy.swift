import HTTPTypes
import Hummingbird
import NIOCore

/// Decides which scrapes are answered, how many at once and with which headers, for ready and rendered answers alike.
struct ScrapePolicy: Sendable {
    /// The path that clients ask for.
    let path: String
    /// The value of the label `handler` for these requests.
    let route: String
    let configuration: WebConfiguration
    let limit: ScrapeLimit

    /// A scrape that may be answered.
    struct Admission: Sendable {
        /// Kept until everything is sent.
        let place: ScrapeLimit.Place
        private let protection: WebProtection

        fileprivate init(place: ScrapeLimit.Place, protection: WebProtection) {
            self.place = place
            self.protection = protection
        }

        func addHeaders(to fields: inout HTTPFields) {
            protection.addHeaders(to: &fields)
        }
    }

    /// Decides on the event loop, without waiting and without counting against the rate limit.
    ///
    /// - Returns: `nil` if a password or the rate limit has to be checked first, or no place is free.
    func admitAtOnce(on channel: any Channel) -> Admission? {
        let protection = configuration.protection
        guard protection.letsEverybodyAsk(for: path), let place = limit.take(for: channel) else { return nil }
        return Admission(place: place, protection: protection)
    }

    /// Checks the rate limit, the password and the number of scrapes, and answers.
    ///
    /// - Parameter answer: Makes the response to a scrape that is admitted.
    func respond(
        to request: Request,
        on channel: any Channel,
        answer: (Admission) async -> Response
    ) async -> Response {
        let protection = configuration.protection
        var response: Response
        if let refusal = await protection.refusal(of: request) {
            response = refusal
        } else if let place = limit.take(for: channel) {
            response = await answer(Admission(place: place, protection: protection))
        } else {
            response = .overload("Too many scrapes at once: try again later.\n")
        }
        protection.addHeaders(to: &response.headers)
        return response
    }
}
