import Polling
import Testing

@testable import App
@testable import koreai_exporter

struct ActionScreenTests {
    private let now = ContinuousClock.now

    private func row(_ name: String, _ update: ActionUpdate, usual: Duration? = nil) -> ActionRow {
        var row = ActionRow(name: name, usual: usual)
        row.see(.accepted, now: now - .seconds(72))
        row.see(update, now: now)
        return row
    }

    private func lines(_ rows: [ActionRow], columns: Int = 80, height: Int = 24, colours: Bool = false) -> [String] {
        ActionScreen(rows: rows, start: now).lines(columns: columns, rows: height, colours: colours, now: now)
    }

    @Test("a row tells name, state, and the time that passed beside the usual one, with a bar of what is known")
    func rows() {
        let rows = [
            row("banking ml en", .running(progress: nil), usual: .seconds(144)),
            row("banking export", .running(progress: 0.25)),
            row("travel ml de", .queued),
        ]
        #expect(
            lines(rows) == [
                "⠋ banking ml en   in progress  1m12s, usually 2m24s  ██████████░░░░░░░░░░░ 50%",
                "⠋ banking export  in progress  1m12s  █████████░░░░░░░░░░░░░░░░░░░░░░░░░░░ 25%",
                "⠋ travel ml de    queued  1m12s",
            ]
        )
    }

    @Test("no line is wider than the terminal, and there are not more than fit", arguments: [20, 40, 80, 200])
    func fits(columns: Int) {
        let rows = (0..<50).map {
            row("a bot with quite a long name \($0)", .running(progress: 0.5), usual: .seconds(100))
        }
        let lines = lines(rows, columns: columns, height: 10)
        #expect(lines.count == 8)
        #expect(lines.last == "  and 43 more")
        #expect(lines.allSatisfy { $0.count < columns })
    }

    @Test("colours change no width, and what has ended is not shown any more")
    func colours() {
        let plain = lines([row("a", .running(progress: 0.5)), row("b", .ended(.done))])
        let painted = lines([row("a", .running(progress: 0.5)), row("b", .ended(.done))], colours: true)
        #expect(plain.count == 1)
        #expect(painted.map { $0.replacing(/\u{1B}\[\d+m/, with: "") } == plain)
        #expect(painted != plain)
    }

    @Test(
        "numbers of bytes are short",
        arguments: [
            (0, "0 B"), (999, "999 B"), (1434, "1.4 KiB"), (209_715_200, "200 MiB"), (5 << 40, "5120 GiB"),
        ]
    )
    func byteCounts(bytes: Int, text: String) {
        #expect(ByteCount.text(bytes) == text)
    }
}
