/// The fields of `/proc/self/stat` that are shown.
struct ProcessStat: Equatable {
    let cpuTicks: UInt64
    let threads: UInt64
    /// Since boot.
    let startTicks: UInt64
    let virtualMemoryBytes: UInt64
    let residentPages: UInt64

    /// - Parameter text: One line as `proc(5)` describes it. The second field, the command's name, stands in parentheses
    ///   and may hold spaces and parentheses itself, so fields are counted from the last one.
    init?(_ text: String) {
        guard let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        // The first of these is the third field of proc(5)'s table.
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
