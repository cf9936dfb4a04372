import KoreAI

@testable import Tracking

/// Which export jobs a history shows to someone who has all its replies before him.
///
/// It takes one true job after the other and looks for the replies that are about it.
struct VisibleJobs {
    private let history: JobHistory
    private let polls: [JobPoll]
    private(set) var jobs: [Visible] = []

    init(_ history: JobHistory) {
        self.history = history
        polls = history.polls.filter { $0.kind == .plain }
        for job in history.jobs {
            guard let first = polls.firstIndex(where: { $0.job == job.number }) else { continue }
            addJob(job, from: first)
        }
    }

    private mutating func addJob(_ job: TrueJob, from first: Int) {
        let last = polls.lastIndex { $0.job == job.number } ?? first
        let end = (first...last).first { polls[$0].isFinal }
        // What the first reply shows as ended is no event, and what the last one shows under way may go on.
        guard end != 0, end != nil || last + 1 < polls.count else { return }
        var visible = Visible(reply: end ?? last + 1, outcome: .unknown)
        if let end { visible.outcome = polls[end].status == .success ? .success : .failure }
        time(&visible, job, from: first)
        jobs.append(visible)
    }

    private func time(_ visible: inout Visible, _ job: TrueJob, from first: Int) {
        let end = visible.reply
        let wasSeen = !polls[first].isFinal
        let least = wasSeen ? polls[end - 1].time - polls[first].time : 0
        let most = wasSeen && first > 0 ? polls[end].time - polls[first - 1].time : nil
        if visible.outcome != .unknown, let exact = platformDuration(job, end) {
            if exact >= least - (wasSeen ? 2000 : 0), exact <= most.map({ $0 + 2000 }) ?? .max {
                visible.duration = exact
                let length = job.ended - job.created
                // Where the platform shows the first job's times that the polls happen not to contradict, nobody can see
                // that they are wrong. Without createdOn the requestedTime a millisecond later must do.
                visible.truth = history.identity == .stale && job.number > 0 ? nil : length - 1...length
                return
            }
        }
        guard let most else { return }
        visible.duration = (least + most) / 2
        visible.bound = most - (least + most) / 2
        visible.truth = job.ended - job.created...job.ended - job.created
    }

    /// By the times of the reply that shows its end, unless they are those that the job before it had.
    private func platformDuration(_ job: TrueJob, _ end: Int) -> Int64? {
        guard let modified = polls[end].lastModified else { return nil }
        let before = polls[..<end].last { $0.job < job.number }?.job
        if let before, let known = polls.last(where: { $0.job == before && $0.lastModified != nil })?.lastModified {
            if modified <= known { return nil }
        }
        let difference = modified - (polls[end].createdOn ?? polls[end].requestedTime)
        return difference > -1000 ? max(0, difference) : nil
    }
}
