import KoreAI
import Testing

@testable import Tracking

/// What the first version of the exporter wrote is read by this one.
///
/// The bytes are never changed: a store may hold them. A version that writes more or otherwise gets bytes of its own
/// beside these, and goes on reading these.
struct FirstFormTests {
    @Test("the first form of a state is what is written", arguments: FirstForm.allCases)
    func writing(form: FirstForm) {
        #expect(Self.hex(form.tracker.stored) == form.hex)
    }

    @Test("the first form of a state is read", arguments: FirstForm.allCases)
    func reading(form: FirstForm) throws {
        #expect(try TargetTracker(form.tracker.target, stored: Self.bytes(form.hex)) == form.tracker)
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
