extension Duration {
    /// Whole milliseconds, rounded up and brought into a range.
    func millisecondsRoundedUp(in range: ClosedRange<Int>) -> Int {
        let (seconds, attoseconds) = components
        let (whole, overflow) = Int(seconds).multipliedReportingOverflow(by: 1000)
        if overflow { return seconds < 0 ? range.lowerBound : range.upperBound }
        let (part, rest) = attoseconds.quotientAndRemainder(dividingBy: 1_000_000_000_000_000)
        let (sum, sumOverflow) = whole.addingReportingOverflow(Int(part) + (rest > 0 ? 1 : 0))
        if sumOverflow { return seconds < 0 ? range.lowerBound : range.upperBound }
        return min(max(sum, range.lowerBound), range.upperBound)
    }
}
