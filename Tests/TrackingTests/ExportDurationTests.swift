import KoreAI
import Model
import Testing

@testable import Tracking

struct ExportDurationTests {
    private static let created: Int64 = 1_690_377_304_983

    @Test(
        "the duration runs from createdOn to lMod, and a small negative one is a rounding error",
        arguments: [
            (0, 0), (154, 154), (3_600_000, 3_600_000), (-983, 0), (-1000, nil), (-5000, nil),
            (86_400_000, 86_400_000), (86_400_001, nil),
        ] as [(Int64, Int64?)]
    )
    func durations(difference: Int64, duration: Int64?) {
        for status in [JobStatus.success, .failed] {
            let reply = MLExportReply(
                status: status,
                createdOn: Timestamp(milliseconds: Self.created),
                lastModified: Timestamp(milliseconds: Self.created + difference)
            )
            #expect(JobReading(reply).duration == duration)
        }
    }

    @Test("a job that has not ended has no duration", arguments: [JobStatus.pending, .inProgress, .unknown])
    func running(status: JobStatus) {
        let time = Timestamp(milliseconds: Self.created)
        #expect(
            JobReading(MLExportReply(status: status, createdOn: time, lastModified: time)).duration == nil
        )
    }

    @Test("a job without both times has no duration")
    func missing() {
        let time = Timestamp(milliseconds: Self.created)
        #expect(JobReading(MLExportReply(status: .success, lastModified: time)).duration == nil)
        #expect(JobReading(MLExportReply(status: .success, createdOn: time)).duration == nil)
    }

    @Test("a job whose identity is used again began when it was requested")
    func reused() {
        let reply = MLExportReply(
            status: .success,
            createdOn: Timestamp(milliseconds: Self.created),
            lastModified: Timestamp(milliseconds: Self.created + 3_605_000),
            requestedTime: Timestamp(milliseconds: Self.created + 3_600_000)
        )
        #expect(JobReading(reply).duration == 5000)
        #expect(JobReading(reply).start == reply.requestedTime)
    }

    @Test("lMod may be cut to the second in which the job was requested again")
    func reusedAndCut() {
        let reply = MLExportReply(
            status: .success,
            createdOn: Timestamp(milliseconds: Self.created - 3_600_000),
            lastModified: Timestamp(milliseconds: Self.created - 983),
            requestedTime: Timestamp(milliseconds: Self.created)
        )
        #expect(JobReading(reply).duration == 0)
    }

    @Test("a requestedTime after lMod, as in the platform's own sample, is not when the job began")
    func absurdRequestedTime() {
        let reply = MLExportReply(
            status: .success,
            createdOn: Timestamp(milliseconds: 1_561_618_155_572),
            lastModified: Timestamp(milliseconds: 1_561_618_155_726),
            requestedTime: Timestamp(milliseconds: 1_690_298_616_912)
        )
        #expect(JobReading(reply).duration == 154)
    }
}
