import Foundation
import Glibc

/// What the process has used.
struct Usage {
    /// Seconds of the processor.
    let cpu: Double
    /// Seconds on the clock.
    let wall: Double
    /// Resident, in KiB.
    let memory: Int

    static var now: Usage {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let seconds = Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        let status = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        let pages = status.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return Usage(
            cpu: seconds + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1_000_000,
            wall: ProcessInfo.processInfo.systemUptime,
            memory: pages * 4
        )
    }

    static func report(_ what: String, since start: Usage, each count: Int) {
        print(String(format: "%@: %.1f µs of CPU each", what, (now.cpu - start.cpu) / Double(count) * 1_000_000))
    }
}
