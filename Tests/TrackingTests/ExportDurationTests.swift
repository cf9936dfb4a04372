import KoreAI
import Testing

@testable import Tracking

struct ExportDurationTests {
    private static let created: Int64 = 1_690_377_304_983

    @Test(
        "the duration runs from createdOn to lMod, and a small negative one is a rounding error",
        arguments: [
            (0, 0), (154, 0.154), (3_600_000, 3600), (-983, 0), (-1000, nil), (-5000, nil), (86_400_000, 86_400),
            (86_400_001, nil),
        ] as [(Int64, Double?)]
    )
    func durations(milliseconds: Int64, seconds: Double?) {
        for status in [ExportStatus.success, .failed] {
            let reply = MLExportReply(
                status: status,
                createdOn: Timestamp(milliseconds: Self.created),
                lastModified: Timestamp(milliseconds: Self.created + milliseconds)
            )
            #expect(ExportDuration.seconds(of: reply) == seconds)
        }
    }

    @Test("a job that has not ended has no duration", arguments: [ExportStatus.pending, .inProgress, .unknown])
    func running(status: ExportStatus) {
        let time = Timestamp(milliseconds: Self.created)
        #expect(ExportDuration.seconds(of: MLExportReply(status: status, createdOn: time, lastModified: time)) == nil)
    }

    @Test("a job without both times has no duration")
    func missing() {
        let time = Timestamp(milliseconds: Self.created)
        #expect(ExportDuration.seconds(of: MLExportReply(status: .success, lastModified: time)) == nil)
        #expect(ExportDuration.seconds(of: MLExportReply(status: .success, createdOn: time)) == nil)
    }
}
