package import KoreAI
package import Tracking

/// A target and how polling it goes.
package struct TargetReport: Sendable {
    package var snapshot: TargetSnapshot
    /// Why the last poll failed, and what to do about it; `nil` where it did not.
    package var failure: APIError?
    package var lastAttempt: Timestamp?
    /// Between two polls, as things stand.
    package var interval: Duration?

    package var attention: Attention
}
