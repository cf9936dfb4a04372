package import Exposition
import Glibc

/// The standard `process_*` families. The kernel answers `/proc/self` from memory, so a scrape does not block.
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

    /// A Unix time in seconds, read once so that it stays the same when the clock is set.
    private let startTime: Double?

    package init() {
        startTime = ProcessStat(ProcFile.read("/proc/self/stat")).flatMap { stat in
            ProcFile.bootTime(ProcFile.read("/proc/stat")).map { $0 + Double(stat.startTicks) / Self.ticks }
        }
    }

    /// Clock ticks a second, the unit of CPU time and of start times in `/proc`.
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

/// Reads files and folders of `/proc`.
enum ProcFile {
    private static let longest = 65_536

    /// The text of a file, at most its first 64 KiB; empty if it cannot be read.
    static func read(_ path: String) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: longest)
        var length = 0
        while length < longest {
            let count = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(file, buffer.baseAddress?.advanced(by: length), longest - length)
            }
            guard count > 0 else { break }
            length += count
        }
        return String(decoding: bytes.prefix(length), as: UTF8.self)
    }

    /// The number of entries of a folder of descriptors, without the one for this count; `nil` if it cannot be read.
    static func countEntries(_ path: String) -> Int? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var count = 0
        while let entry = readdir(folder) {
            // All entries have a number as their name, except "." and "..".
            if entry.pointee.d_name.0 != CChar(UInt8(ascii: ".")) {
                count += 1
            }
        }
        return max(0, count - 1)
    }

    /// The Unix time of the machine's start in seconds, from the text of `/proc/stat`.
    static func bootTime(_ stat: String) -> Double? {
        stat.split(separator: "\n").first { $0.hasPrefix("btime ") }.flatMap { Double($0.dropFirst(6)) }
    }
}

/// The fields of `/proc/self/stat` that the exporter shows.
struct ProcessStat: Equatable {
    let cpuTicks: UInt64
    let threads: UInt64
    /// Clock ticks since boot.
    let startTicks: UInt64
    let virtualMemoryBytes: UInt64
    let residentPages: UInt64

    /// - Parameter text: One line as in `proc(5)`. The second field is the command's name in parentheses, which may
    ///   itself contain spaces and parentheses, so fields are counted from the last parenthesis.
    init?(_ text: String) {
        guard let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        // The first of these fields is number 3 in `proc(5)`.
        func field(_ number: Int) -> UInt64? {
            fields.indices.contains(number - 3) ? UInt64(fields[number - 3]) : nil
        }
        guard let user = field(14), let system = field(15), let threads = field(20), let start = field(22),
            let virtualMemory = field(23), let resident = field(24)
        else { return nil }
        cpuTicks = user &+ system
        self.threads = threads
        startTicks = start
        virtualMemoryBytes = virtualMemory
        residentPages = resident
    }
}
