import Foundation
import Model
import TestSupport

extension TemporaryFolder {
    /// The store's folder, which does not exist at first.
    var store: String { path + "/data" }
    var database: String { store + "/koreai-exporter.db" }

    /// The store as the kernel has it now: what a killed process leaves behind.
    func afterKill() throws -> TemporaryFolder {
        let copy = TemporaryFolder()
        try FileManager.default.createDirectory(atPath: copy.store, withIntermediateDirectories: true)
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: database + suffix) {
            try FileManager.default.copyItem(atPath: database + suffix, toPath: copy.database + suffix)
        }
        return copy
    }

    /// Writes noise over a part of the database, without making another file of it.
    func overwrite(_ range: Range<Int>, seed: UInt64 = 1) throws {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: database))
        try file.seek(toOffset: UInt64(range.lowerBound))
        var numbers = SplitMix64(seed: seed)
        try file.write(contentsOf: Data(range.map { _ in UInt8.random(in: 0...255, using: &numbers) }))
        try file.close()
    }

    var databaseSize: Int {
        get throws { try size(of: "") }
    }

    /// - Parameter suffix: Of the file's name, after the database's.
    func size(of suffix: String) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: database + suffix)[.size] as? Int ?? 0
    }

    func cut(_ suffix: String, to size: Int) throws {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: database + suffix))
        try file.truncate(atOffset: UInt64(size))
        try file.close()
    }
}
