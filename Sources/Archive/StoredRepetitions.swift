import KoreAI
import Tracking

/// Repetitions as one row of the store holds them: about eight bytes each.
///
/// They are grouped by the machine's start; within a group, times are what they differ from the first one's.
struct StoredRepetitions: Hashable {
    private(set) var repetitions: [Repetition] = []

    init(_ repetitions: [Repetition]) {
        self.repetitions = repetitions
    }

    /// - Throws: Where the bytes were changed since, or are in a newer form.
    init(_ stored: [UInt8]) throws(StoredFormError) {
        var reader = try FieldReader(sealed: stored)
        while let field = try reader.next() {
            if field.number == 1 { try read(field.message()) }
        }
    }

    var bytes: [UInt8] {
        var writer = FieldWriter()
        var groups: [UInt64: [Repetition]] = [:]
        for repetition in repetitions { groups[repetition.moment.boot, default: []].append(repetition) }
        for (boot, group) in groups {
            guard let first = group.first?.moment else { continue }
            writer.write(1) { writer in
                writer.write(1, fixed: boot)
                writer.write(2, first.wall)
                writer.write(3, first.uptime)
                writer.write(4, packed: group.flatMap { Self.numbers(of: $0, since: first) })
            }
        }
        return writer.sealed()
    }

    private static func numbers(of repetition: Repetition, since first: Moment) -> [UInt64] {
        let wall = repetition.moment.wall.milliseconds &- first.wall.milliseconds
        let uptime = repetition.moment.uptime &- first.uptime
        return [UInt64(bitPattern: repetition.target), UInt64(zigzag: wall), UInt64(zigzag: uptime)]
    }

    private mutating func read(_ group: FieldReader) throws(StoredFormError) {
        var reader = group
        var first = Moment(wall: Timestamp(milliseconds: 0), uptime: 0, boot: 0)
        while let field = try reader.next() {
            switch field.number {
            case 1: first.boot = try field.fixed()
            case 2: first.wall = try field.timestamp()
            case 3: first.uptime = try field.int64()
            case 4: try read(field.message().packedIntegers(), since: first)
            default: break
            }
        }
    }

    private mutating func read(_ numbers: [UInt64], since first: Moment) throws(StoredFormError) {
        guard numbers.count.isMultiple(of: 3) else { throw StoredFormError("a repetition is cut off") }
        for start in stride(from: 0, to: numbers.count, by: 3) {
            var moment = first
            moment.wall.milliseconds &+= Int64(zigzag: numbers[start + 1])
            moment.uptime &+= Int64(zigzag: numbers[start + 2])
            repetitions.append(Repetition(target: Int64(bitPattern: numbers[start]), moment: moment))
        }
    }
}
