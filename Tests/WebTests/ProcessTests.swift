import Exposition
import Testing

@testable import Web

struct ProcessTests {
    @Test("a command's name with spaces and parentheses does not shift the fields")
    func stat() throws {
        let line =
            "42 (a b) c) S 1 42 42 0 -1 4194304 500 0 0 0 150 50 0 0 20 0 7 0 12345 1000000 250 18446744073709551615 1 1"
        let stat = try #require(ProcessStat(line))
        #expect(stat.cpuTicks == 200)
        #expect(stat.threads == 7)
        #expect(stat.startTicks == 12345)
        #expect(stat.virtualMemoryBytes == 1_000_000)
        #expect(stat.residentPages == 250)
    }

    @Test(
        "what is not such a line gives nothing",
        arguments: ["", "42 (x", "42 (x) S 1 2", ") a b c d e f g h i j k l m n o p q r s t u v w"]
    )
    func notStat(line: String) {
        #expect(ProcessStat(line) == nil)
    }

    @Test("the boot time is read from its line")
    func bootTime() {
        #expect(ProcFile.bootTime("cpu  1 2\nbtime 1700000000\nprocesses 5\n") == 1_700_000_000)
        #expect(ProcFile.bootTime("cpu  1 2\n") == nil)
    }

    @Test("this process shows all of the standard families, each with a likely value")
    func samples() {
        let values = Dictionary(
            ProcessSource().samples().compactMap { family, samples -> (String, Double)? in
                guard case .number(let number) = samples.first?.value else { return nil }
                return (family.name, number)
            },
            uniquingKeysWith: { first, _ in first }
        )
        #expect(Set(values.keys) == Set(ProcessSource.all.map(\.name)))
        #expect(values["process_open_fds", default: 0] >= 3)
        #expect(values["process_threads", default: 0] >= 1)
        #expect(values["process_resident_memory_bytes", default: 0] > 1_000_000)
        #expect(values["process_start_time_seconds", default: 0] > 1_600_000_000)
        #expect(values["process_max_fds", default: 0] >= values["process_open_fds", default: 0])
    }
}
