import Exposition
import Tracking

/// What polls changed of a target since the last commit.
struct PollChange: Sendable {
    let target: Target
    /// In the plan of the changes' generation.
    let number: Int
    let labels: [String]
    let group: SeriesGroup
    let series: PollSeries
    let shown: PollSeries
    /// Where the domain series are others than those shown.
    let tracker: TargetTracker?

    /// The series to be shown once the change is committed.
    func families() -> [FamilySamples] {
        series.families(of: labels, in: group, since: shown) + (tracker?.families() ?? [])
    }

    /// The same change with nothing but what the store does not keep.
    var unkept: PollSeries {
        var unkept = series
        unkept.lastSuccess = shown.lastSuccess
        return unkept
    }
}
