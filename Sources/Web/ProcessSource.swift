package import Exposition
import Glibc

/// The standard `process_*` families, read from `/proc/self`.
///
/// `/proc` is answered by the kernel from memory, so reading it at a scrape does not block.
///
/// Source: <https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics> and `proc(5)`.
package struct ProcessSource: SampleSource {
    private static let cpu = MetricFamily(
        "process_cpu_seconds_total",
        .counter,
        help: "User and system CPU time spent, in seconds."
    )
    private static let openFiles = MetricFamily(
        "process_open_fds",
        .gauge,
        help: "Open file descriptors."
    )
    private static let maxFiles = MetricFamily(
        "process_max_fds",
        .gauge,
        help: "How many file descriptors may be open."
    )
    private static let virtualMemory = MetricFamily(
        "process_virtual_memory_bytes",
        .gauge,
        help: "Virtual memory size in bytes."
    )
    private static let residentMemory = MetricFamily(
        "process_resident_memory_bytes",
        .gauge,
        help: "Resident memory size in bytes."
    )
    private static let startTimeFamily = MetricFamily(
        "process_start_time_seconds",
        .gauge,
        help: "When the process started, as a Unix timestamp in seconds."
    )
    private static let threads = MetricFamily(
        "process_threads",
        .gauge,
        help: "Operating system threads of the process."
    )

    package static let all = [cpu, maxFiles, openFiles, residentMemory, startTimeFamily, threads, virtualMemory]

    /// Seconds since 1970. It is read once, so that it stays the same when the clock is set.
    private let startTime: Double?

    package init() {
        startTime = ProcessStat(ProcFile.read("/proc/self/stat")).flatMap { stat in
            ProcFile.bootTime(ProcFile.read("/proc/stat")).map { $0 + Double(stat.startTicks) / Self.ticks }
        }
    }

    /// Of CPU time, in a second.
    private static var ticks: Double { Double(sysconf(Int32(_SC_CLK_TCK))) }

    package var families: [MetricFamily] { Self.all }

    package func samples() -> [(family: MetricFamily, samples: [Sample])] {
        var values: [(MetricFamily, Double)] = []
        if let stat = ProcessStat(ProcFile.read("/proc/self/stat")) {
            values.append((Self.cpu, Double(stat.cpuTicks) / Self.ticks))
            values.append((Self.virtualMemory, Double(stat.virtualMemoryBytes)))
            values.append((Self.residentMemory, Double(stat.residentPages) * Double(sysconf(Int32(_SC_PAGESIZE)))))
            values.append((Self.threads, Double(stat.threads)))
        }
        if let startTime { values.append((Self.startTimeFamily, startTime)) }
        if let count = ProcFile.countEntries("/proc/self/fd") {
            values.append((Self.openFiles, Double(count)))
        }
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
            values.append((Self.maxFiles, Double(limit.rlim_cur)))
        }
        return values.map { ($0.0, [Sample([], number: $0.1)]) }
    }
}
