import Glibc
import Model
package import Tracking

/// Reads the machine's clocks.
package struct SystemClocks: Sendable {
    private let boot: UInt64

    /// Reads which start of the machine this is. Blocks for the time it takes to read a file of `/proc`.
    ///
    /// Source: `proc(5)`, `/proc/sys/kernel/random/boot_id`.
    package init() {
        var bytes = [UInt8](repeating: 0, count: 64)
        let file = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
        var count = 0
        if file >= 0 {
            count = max(0, read(file, &bytes, bytes.count))
            close(file)
        }
        // Where there is no such file the wall clock must do for durations across a restart of the exporter.
        let digits = String(decoding: bytes.prefix(count), as: UTF8.self).filter(\.isHexDigit).prefix(16)
        boot = UInt64(digits, radix: 16) ?? .random(in: .min ... .max)
    }

    package var now: ClockReading {
        var uptime = timespec()
        clock_gettime(CLOCK_BOOTTIME, &uptime)
        let milliseconds = Int64(uptime.tv_sec) * 1000 + Int64(uptime.tv_nsec) / 1_000_000
        return ClockReading(wall: .now, uptime: milliseconds, boot: boot)
    }
}
