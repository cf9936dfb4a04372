import Exposition
import KoreAI
import Testing

@testable import Tracking

/// What the first version of the exporter wrote is read by this one.
///
/// The bytes are never changed: a store may hold them. A version that writes more or otherwise gets bytes of its own
/// beside these, and goes on reading these.
struct FirstFormTests {
    @Test("the first form of a state is read, without what it does not tell", arguments: FirstForm.allCases)
    func reading(form: FirstForm) throws {
        let read = try TargetTracker(form.tracker.target, stored: Self.bytes(form.hex))
        #expect(try read == Self.withoutAdditions(form.tracker))
        #expect(read != form.tracker)
    }

    @Test("the second form of a state is what is written, and it is read", arguments: FirstForm.allCases)
    func secondForm(form: FirstForm) throws {
        #expect(Self.hex(form.tracker.stored) == SecondForm.hex(of: form))
        #expect(try TargetTracker(form.tracker.target, stored: Self.bytes(SecondForm.hex(of: form))) == form.tracker)
    }

    /// As an older version kept it: nobody knows when counting began, and durations are known by their buckets.
    private static func withoutAdditions(_ tracker: TargetTracker) throws -> TargetTracker {
        func reduced(_ totals: RunTotals) throws -> RunTotals {
            var totals = totals
            let durations = totals.durations
            totals.created = nil
            totals.durations = try #require(
                Histogram(bounds: durations.bounds, counts: durations.counts, sum: durations.sum)
            )
            return totals
        }
        var tracker = tracker
        switch tracker.knowledge {
        case .training(var training):
            training.totals = try reduced(training.totals)
            tracker.knowledge = .training(training)
        case .export(var export):
            export.totals = try reduced(export.totals)
            tracker.knowledge = .export(export)
        case .taken: break
        }
        return tracker
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func bytes(_ hex: String) -> [UInt8] {
        stride(from: 0, to: hex.utf8.count, by: 2).compactMap { position in
            UInt8(hex.dropFirst(position).prefix(2), radix: 16)
        }
    }
}
