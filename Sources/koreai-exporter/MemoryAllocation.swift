import CMalloc

/// How memory is taken from the system.
///
/// A scrape of many targets needs buffers of megabytes for a moment. By default glibc keeps such memory for later, once
/// for each of its arenas, so that the process seems to grow for as long as scrapes come to ever new threads.
///
/// Source: `mallopt(3)`.
enum MemoryAllocation {
    /// Larger blocks go back to the system when they are freed. To set it also keeps glibc from raising it.
    private static let mapped: CInt = 1 << 18
    private static let arenas: CInt = 2

    /// To be called before threads are started.
    static func configure() {
        mallopt(M_MMAP_THRESHOLD, mapped)
        mallopt(M_ARENA_MAX, arenas)
    }
}
