import Model
import TestSupport
import Testing

@testable import Curl

struct FIFOTests {
    @Test("Elements come out in the order they went in, however they are mixed", arguments: 0..<5)
    func order(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var queue = FIFO<Int>()
        var next = 0
        var expected = 0
        for _ in 0..<1000 {
            for _ in 0..<(random.next() % 8) {
                queue.append(next)
                next += 1
            }
            for _ in 0..<(random.next() % 8) {
                let element = queue.popFirst()
                #expect(element == (expected < next ? expected : nil))
                if element != nil { expected += 1 }
            }
            #expect(queue.isEmpty == (expected == next))
        }
    }
}
