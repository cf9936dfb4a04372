import FoundationEssentials
import GRDB
import Model
import Tracking

/// Tells in few bytes which targets' last replies came again, and when.
///
/// Most polls bring nothing new. To write the state of each target again would be nearly all that the store writes, so
/// a commit has one row for all of them instead, and a load puts these moments into the states. The log has a fixed
/// number of rows: what the oldest row alone tells is written again with the next. A moment that is older than the
/// state is ignored by ``TargetTracker/repeat(at:)``, so no row has to be deleted when a state is written.
struct RepetitionLog: Sendable {
    /// The rows that are kept. At two commits a second and an interval of a minute, a row is deleted when each of its
    /// targets is told of again.
    static let rows: Int64 = 256

    /// A row that a commit wrote, to be taken in once it is on the disk.
    struct Entry {
        fileprivate var number: Int64
        fileprivate var targets: [Int64]
    }

    /// The row of each target.
    private var ids: [Target: Int64] = [:]
    /// The number of the log's row that tells of each target last.
    private var latest: [Int64: Int64] = [:]
    private var next: Int64 = 0

    /// Goes on after what the store has.
    init(_ database: Database) throws {
        for (number, repetitions) in try Self.stored(in: database) {
            for repetition in repetitions { latest[repetition.target] = number }
            next = number + 1
        }
    }

    /// The moments of each target's row, in the order in which they were written.
    static func moments(in database: Database) throws -> [Int64: [ClockReading]] {
        var moments: [Int64: [ClockReading]] = [:]
        for (_, repetitions) in try stored(in: database) {
            for repetition in repetitions { moments[repetition.target, default: []].append(repetition.moment) }
        }
        return moments
    }

    private static func stored(in database: Database) throws -> [(number: Int64, repetitions: [Repetition])] {
        let rows = try Row.fetchCursor(database, sql: "SELECT number, content FROM repetition ORDER BY number")
        var stored: [(number: Int64, repetitions: [Repetition])] = []
        while let row = try rows.next() {
            stored.append((try row.decode(atIndex: 0), try StoredRepetitions(row, atIndex: 1).repetitions))
        }
        return stored
    }

    /// Writes a row, inside a transaction. ``take(_:)`` has to follow when it is committed.
    ///
    /// - Parameter repetitions: The repetitions of targets that have a row.
    mutating func write(_ repetitions: [Target: ClockReading], to database: Database) throws -> Entry {
        var written = try repetitions.map { Repetition(target: try id(of: $0.key, in: database), moment: $0.value) }
        let oldest = next - Self.rows
        let select = try database.cachedStatement(sql: "SELECT content FROM repetition WHERE number = ?")
        if let row = try Row.fetchOne(select, arguments: [oldest]) {
            let isWritten = Set(written.map(\.target))
            written += try StoredRepetitions(row, atIndex: 0).repetitions.filter {
                latest[$0.target] == oldest && !isWritten.contains($0.target)
            }
            try database.cachedStatement(sql: "DELETE FROM repetition WHERE number <= ?").execute(arguments: [oldest])
        }
        try database.cachedStatement(sql: "INSERT INTO repetition (number, content) VALUES (?, ?)")
            .execute(arguments: [next, Data(StoredRepetitions(written).bytes)])
        return Entry(number: next, targets: written.map(\.target))
    }

    /// The row that was written is on the disk.
    mutating func take(_ entry: Entry) {
        next = entry.number + 1
        for target in entry.targets { latest[target] = entry.number }
    }

    /// Targets were deleted.
    mutating func forget(_ targets: [Target]) {
        for target in targets {
            if let id = ids.removeValue(forKey: target) { latest[id] = nil }
        }
    }

    private mutating func id(of target: Target, in database: Database) throws -> Int64 {
        if let id = ids[target] { return id }
        let select = try database.cachedStatement(
            sql: "SELECT id FROM target WHERE bot = ? AND collector = ? AND language = ? AND state = ?"
        )
        guard let id = try Int64.fetchOne(select, arguments: StatementArguments(target.key)) else {
            throw StoredFormError("the state of \(target) is missing")
        }
        ids[target] = id
        return id
    }
}

extension StoredRepetitions {
    fileprivate init(_ row: Row, atIndex index: Int) throws {
        try self.init(row.withUnsafeData(atIndex: index) { $0.map { [UInt8]($0) } ?? [] })
    }
}

/// A target's last reply came once more.
struct Repetition: Sendable, Hashable {
    /// The row of the target.
    var target: Int64
    var moment: ClockReading
}

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

    private static func numbers(of repetition: Repetition, since first: ClockReading) -> [UInt64] {
        let wall = repetition.moment.wall.milliseconds &- first.wall.milliseconds
        let uptime = repetition.moment.uptime &- first.uptime
        return [UInt64(bitPattern: repetition.target), UInt64(zigzag: wall), UInt64(zigzag: uptime)]
    }

    private mutating func read(_ group: FieldReader) throws(StoredFormError) {
        var reader = group
        var first = ClockReading(wall: Timestamp(milliseconds: 0), uptime: 0, boot: 0)
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

    private mutating func read(_ numbers: [UInt64], since first: ClockReading) throws(StoredFormError) {
        guard numbers.count.isMultiple(of: 3) else { throw StoredFormError("a repetition is cut off") }
        for start in stride(from: 0, to: numbers.count, by: 3) {
            var moment = first
            moment.wall.milliseconds &+= Int64(zigzag: numbers[start + 1])
            moment.uptime &+= Int64(zigzag: numbers[start + 2])
            repetitions.append(Repetition(target: Int64(bitPattern: numbers[start]), moment: moment))
        }
    }
}
