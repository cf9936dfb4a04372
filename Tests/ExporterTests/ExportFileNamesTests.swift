import Testing

@testable import koreai_exporter

struct ExportFileNamesTests {
    @Test("bots never share a name in a folder, whichever are exported, and a name is one that a file may have")
    func names() {
        let long = String(repeating: "ä", count: 200)
        let bots = [
            ("banking", "st-1"), ("a/b", "st-2"), ("a_b", "st-3"), ("A_b", "st-4"), ("..", "st-5"), ("", "st-6"),
            (long + "1", "st-7"), (long + "2", "st-8"), ("a_b-st-2", "st-9"), ("tab\tnul\0", "st-10"),
        ]
        let names = ExportFileNames(bots.map { (name: $0.0, id: $0.1) })
        let files = bots.map { names[$0.0] }
        #expect(files.first == "banking")
        #expect(Set(files.map { $0.lowercased() }).count == bots.count)
        #expect(
            files.allSatisfy { !$0.contains("/") && !$0.contains("\0") && !$0.hasPrefix(".") && $0.utf8.count < 200 }
        )
    }
}
