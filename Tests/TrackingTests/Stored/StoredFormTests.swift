import KoreAI
import Testing

@testable import Tracking

/// The bytes of a stored state.
///
/// A store may hold them: where they change, `FieldWriter.version` has to rise.
struct StoredFormTests {
    @Test("the form of a state is what is written, and it is read", arguments: StoredForm.allCases)
    func bytes(form: StoredForm) throws {
        #expect(Self.hex(form.tracker.stored) == form.hex)
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
