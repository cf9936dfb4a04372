import HTTPTypes
import Hummingbird
import NIOCore

/// Decides which clients may scrape, how many at once and with which headers they are answered. Both the ready and the
/// rendered answer go through it.
struct ScrapePolicy: Sendable {
    /// As clients ask for it.
    let path: String
    /// As their requests are counted.
    let route: String
    let configuration: WebConfiguration
    let limit: ScrapeLimit

    /// A scrape that may be answered.
    struct Admission: Sendable {
        /// Held until everything is sent.
        let place: ScrapeLimit.Place
        private let protection: WebProtection

        fileprivate init(place: ScrapeLimit.Place, protection: WebProtection) {
            self.place = place
            self.protection = protection
        }

        /// Puts the headers of the configuration into those of the response.
        func addHeaders(to fields: inout HTTPFields) {
            protection.addHeaders(to: &fields)
        }
    }

    /// Decides without waiting and without a trace, for an answer where the request is read.
    ///
    /// - Returns: `nil` where a password or a rate has to be looked at first, or no place is free.
    func admitAtOnce(on channel: any Channel) -> Admission? {
        let protection = configuration.protection
        guard protection.letsEverybodyAsk(for: path), let place = limit.take(for: channel) else { return nil }
        return Admission(place: place, protection: protection)
    }

    /// Decides whatever has to be looked at, and answers.
    ///
    /// - Parameter answer: The response to a scrape that is admitted.
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
