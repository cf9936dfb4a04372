import Archive
import ServiceLifecycle

/// Closes the store when the exporter ends, after those that use it.
struct ArchiveService: Service {
    let archive: Archive

    func run() async throws {
        try? await gracefulShutdown()
        try? await archive.close()
    }
}
