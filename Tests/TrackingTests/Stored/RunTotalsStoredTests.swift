import Exposition
import KoreAI
import Model
import Testing

@testable import Tracking

struct RunTotalsStoredTests {
    @Test("counts move to the buckets of now, and no bucket claims more than is certain")
    func otherBuckets() throws {
        var totals = RunTotals(bounds: [1, 10, 100])
        for seconds in [1, 5, 10, 50, 1000] as [Int64] {
            totals.add(
                EndedRun(
                    outcome: .success,
                    start: nil,
                    end: Timestamp(milliseconds: 1),
                    duration: seconds * 1000,
                    bound: 0
                )
            )
        }
        var writer = FieldWriter()
        totals.write(to: &writer)
        let reader = try FieldReader(sealed: writer.sealed())
        let moved = try RunTotals(from: reader, bounds: [2, 20, 200])
        #expect(moved.durations.bounds == [2, 20, 200])
        #expect(moved.durations.counts == [1, 2, 1, 1])
        #expect(moved.durations.sum == 1066)
        #expect(moved.ended == 5)
        #expect(try RunTotals(from: reader, bounds: [5]).durations.counts == [1, 4])
        #expect(try RunTotals(from: reader, bounds: [1, 10, 100]) == totals)
    }

    @Test(
        "buckets that do not fit each other are an error",
        arguments: [
            ([1, 2], [1, 1], 1), ([2, 1], [1, 1, 1], 1), ([1, 2], [1, 1, 1], .infinity), ([.nan], [1, 1], 1),
        ]
            as [([Double], [UInt64], Double)]
    )
    func misfits(bounds: [Double], counts: [UInt64], sum: Double) throws {
        var writer = FieldWriter()
        writer.write(3, packed: bounds)
        writer.write(4, packed: counts)
        writer.write(5, sum)
        let reader = try FieldReader(sealed: writer.sealed())
        #expect(throws: StoredFormError("the buckets of its durations do not fit each other")) {
            try RunTotals(from: reader)
        }
    }
}
