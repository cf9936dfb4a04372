import KoreAI
import Model
import Testing

@testable import Tracking

struct FieldTests {
    @Test("numbers of every size come back", arguments: [.min, -64, -1, 0, 1, 63, 64, 300, .max] as [Int64])
    func integers(value: Int64) throws {
        var writer = FieldWriter()
        writer.write(1, value)
        writer.write(2, UInt64(bitPattern: value))
        writer.write(1000, fixed: UInt64(bitPattern: value))
        var reader = try FieldReader(sealed: writer.sealed())
        #expect(try reader.next()?.int64() == value)
        #expect(try reader.next()?.uint64() == UInt64(bitPattern: value))
        let last = try #require(try reader.next())
        #expect(last.number == 1000)
        #expect(try last.fixed() == UInt64(bitPattern: value))
        #expect(try reader.next() == nil)
    }

    @Test("a message of any length comes back", arguments: [0, 1, 127, 128, 16_383, 16_384])
    func lengths(count: Int) throws {
        let text = String(repeating: "x", count: count)
        var writer = FieldWriter()
        writer.write(1) { $0.write(1, text) }
        writer.write(2, true)
        var reader = try FieldReader(sealed: writer.sealed())
        var message = try #require(try reader.next()).message()
        #expect(try message.next()?.string() == text)
        #expect(try message.next() == nil)
        #expect(try reader.next()?.bool() == true)
    }

    @Test("a field of another type than expected is an error that names it")
    func wrongType() throws {
        var writer = FieldWriter()
        writer.write(4, "text")
        var reader = try FieldReader(sealed: writer.sealed())
        let field = try #require(try reader.next())
        #expect(throws: StoredFormError("field 4 should hold a number")) { try field.int64() }
        #expect(throws: StoredFormError("field 4 should hold eight bytes")) { try field.double() }
    }

    @Test("a field that a newer version added is passed over")
    func newerField() throws {
        let target = Target.export(bot: "banking")
        let reply = MLExportReply(status: .pending, id: "1")
        let now = ClockReading(wall: Timestamp(milliseconds: 5), uptime: 5, boot: 1)
        var tracker = TargetTracker(target)
        _ = tracker.observe(.mlExport(reply), at: now)
        let reading = JobReading(reply)
        var writer = FieldWriter()
        writer.write(1, Timestamp(milliseconds: 5))
        writer.write(99, "something new")
        writer.write(2, true)
        writer.write(4) { writer in
            writer.write(98) { $0.write(1, 1.5) }
            writer.write(1, reply)
            writer.write(2) { jobs in
                jobs.write(97, fixed: 1)
                jobs.write(1, SeenJob(reading, JobIdentity(reading), open: OpenRun(firstSeenRunning: now)))
                jobs.write(2, now)
            }
            writer.write(3) { $0.write(7, Timestamp(milliseconds: 5)) }
        }
        #expect(try TargetTracker(target, stored: writer.sealed()) == tracker)
    }

    @Test("the checksum is FNV-1a, so that other programs can check it")
    func checksum() {
        #expect(Checksum.of([]) == 0x811C_9DC5)
        #expect(Checksum.of("foobar".utf8) == 0xBF9C_F968)
    }
}
