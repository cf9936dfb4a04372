@testable import Scheduling

extension Budget {
    /// Requests that may still be made in each window.
    func remaining(now: Int64) -> (minute: Int, hour: Int) {
        let report = report(now: now)
        return (report.minuteRemaining, report.hourRemaining)
    }

    /// The limits of each window, without what time has made of them since the last request.
    var limitsInForce: (minute: Int, hour: Int) { (minute.limit, hour.limit) }
}
