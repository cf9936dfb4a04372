import ExpositionReaders
import Model
import TestSupport
import Testing

@testable import Exposition

struct DeflaterTests {
    @Test("segments can be joined in any order, compressed or stored", arguments: [0, 1, 5, 65_535, 65_536, 200_000])
    func join(length: Int) {
        var random = SplitMix64(seed: 3)
        let noise = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        let repeated = (0..<length).map { UInt8(truncatingIfNeeded: $0 % 7) }
        let deflater = Deflater()
        for texts in [[noise, repeated], [repeated, noise, repeated], [repeated, repeated]] {
            var checksum = Checksum.ofNothing
            var member = GzipMember.header
            for (number, text) in texts.enumerated() {
                member += number == 1 ? Deflater.stored(text) : deflater.segment(of: text)
                checksum.append(Checksum(of: text))
            }
            member += GzipMember.trailer(checksum)
            #expect(GzipReader.read(member) == texts.flatMap(\.self))
        }
        #expect(length < 1000 || deflater.segment(of: repeated).count < length / 20)
    }

    @Test("a checksum that does not fit is found")
    func wrongChecksum() {
        let text = Array("text".utf8)
        let member = GzipMember.header + Deflater().segment(of: text) + GzipMember.trailer(Checksum(of: text + [0]))
        #expect(GzipReader.read(member) == nil)
    }
}
