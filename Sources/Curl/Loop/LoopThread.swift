#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A POSIX thread that runs one function.
enum LoopThread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts a thread, which must be joined or detached once.
    ///
    /// It takes no signals: those are for the threads that wait for them, and a write to a closed connection must not
    /// end the process.
    static func start(_ run: @escaping @Sendable () -> Void) throws(CurlError) -> pthread_t {
        let body = Unmanaged.passRetained(Body(run)).toOpaque()
        var thread = pthread_t()
        let result = pthread_create(&thread, nil, { LoopThread.main($0) }, body)
        guard result == 0 else {
            Unmanaged<Body>.fromOpaque(body).release()
            throw CurlError(
                reason: .other,
                message: "the thread for HTTP transfers could not be started: \(String(cString: strerror(result))); "
                    + "check the limits of this process"
            )
        }
        return thread
    }

    /// Holds up the calling thread, which must not be one of the concurrency pool.
    static func pause(milliseconds: Int) {
        var time = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
        nanosleep(&time, nil)
    }

    private static func main(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        var signals = sigset_t()
        sigfillset(&signals)
        pthread_sigmask(SIG_SETMASK, &signals, nil)
        if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
        return nil
    }
}
