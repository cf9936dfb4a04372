import KoreAI
package import Model

/// When a reply came, by the wall clock for people and by the machine's uptime for durations.
///
/// The wall clock jumps; the uptime does not, and it goes on over a restart of the exporter. Only a restart of the
/// machine begins it anew.
package struct ClockReading: Sendable, Hashable {
    package var wall: Timestamp
    /// Milliseconds since the machine's start, time asleep included.
    package var uptime: Int64
    /// Tells one start of the machine from another.
    package var boot: UInt64

    package init(wall: Timestamp, uptime: Int64, boot: UInt64) {
        self.wall = wall
        self.uptime = uptime
        self.boot = boot
    }

    /// Milliseconds from `earlier` to here. Across a restart of the machine the wall clock must do.
    ///
    /// - Returns: `nil` where the clock says that this reading is before `earlier`, so that the time is not known.
    package func milliseconds(since earlier: ClockReading) -> Int64? {
        let (difference, overflow) =
            boot == earlier.boot
            ? uptime.subtractingReportingOverflow(earlier.uptime)
            : wall.milliseconds.subtractingReportingOverflow(earlier.wall.milliseconds)
        return overflow || difference < 0 ? nil : difference
    }
}

extension ClockReading: Storable {
    func write(to writer: inout FieldWriter) {
        writer.write(1, wall)
        writer.write(2, uptime)
        writer.write(3, fixed: boot)
    }

    init(from reader: consuming FieldReader) throws(StoredFormError) {
        self.init(wall: Timestamp(milliseconds: 0), uptime: 0, boot: 0)
        while let field = try reader.next() {
            switch field.number {
            case 1: wall = try field.timestamp()
            case 2: uptime = try field.int64()
            case 3: boot = try field.fixed()
            default: break
            }
        }
    }
}
