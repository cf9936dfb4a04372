import GRDB

/// The tables of the store, by version.
enum Schema {
    /// Tells this exporter's databases from others: "Kore" in ASCII.
    static let applicationID: Int32 = 0x4B6F_7265

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        // A migration that was released is never changed: a further one changes what it made.
        migrator.registerMigration("1") { database in
            try database.execute(sql: String(decoding: PackageResources.schema_1_sql, as: UTF8.self))
        }
        return migrator
    }
}
