extension Timestamp {
    /// The moment so much later, cut to the millisecond; the last one there is where that is too far.
    package func adding(_ duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        let (added, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        guard !overflow else { return Timestamp(milliseconds: seconds < 0 ? .min : .max) }
        let (sum, sumOverflow) = milliseconds.addingReportingOverflow(added)
        guard !sumOverflow else { return Timestamp(milliseconds: added < 0 ? .min : .max) }
        let (moment, momentOverflow) = sum.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        return Timestamp(milliseconds: momentOverflow ? .max : moment)
    }
}
