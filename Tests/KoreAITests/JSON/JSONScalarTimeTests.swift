import Model
import Testing

@testable import KoreAI

struct JSONScalarTimeTests {
    @Test("Times of numbers and of other values")
    func scalars() {
        #expect(JSONScalar.number("1561637250").time == Timestamp(milliseconds: 1_561_637_250_000))
        #expect(JSONScalar.string("1561637250898").time == Timestamp(milliseconds: 1_561_637_250_898))
        #expect(JSONScalar.bool(true).time == nil)
        #expect(JSONScalar.array.time == nil)
    }
}
