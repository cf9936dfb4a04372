import Testing

@testable import Simulator

@Suite("Exports on the platform")
struct PlatformExportTests {
    private func bot(
        _ exports: [(Int, Scenario.Export)],
        identity: Scenario.ExportIdentity = .new,
        errors: Int = 0
    ) -> Scenario.Bot {
        Scenario.Bot(
            id: "st-1",
            name: "banking",
            exportIdentity: identity,
            exportStatusErrors: errors,
            timeline: exports.map { Scenario.Step(at: .seconds($0.0), .export($0.1)) }
        )
    }

    private func takes(_ seconds: Int) -> Scenario.Takes { .fixed(.seconds(seconds)) }

    @Test("The reply to a start is the documented sample, its lMod cut to whole seconds")
    func startsLikeTheSample() {
        let asker = PlatformAsker(bot([]))
        let query = ["state": "configured", "type": "csv"]
        let reply = String(decoding: asker.ask(.mlExport, at: 0, query: query).body, as: UTF8.self)
        let hidden = reply.replacing(/(ds|u)-[-0-9a-f]{36}/) { "\($0.1)-…" }
        #expect(
            hidden == """
                {"_id":"ds-…","status":"IN_PROGRESS","percentageComplete":0,"streamId":"st-1","createdBy":"u-…",\
                "jobType":"ML_UTTERANCE","action":"EXPORT","countOfDockStatuses":1,"fileType":"CSV","statusLogs":[],\
                "lMod":"2023-07-26T13:15:04.000Z","createdOn":"2023-07-26T13:15:04.983Z",\
                "requestedTime":"2023-07-26T13:15:04.984Z","__v":0}
                """
        )
    }

    @Test("An export makes progress and ends with a link that lMod dates")
    func makesProgress() throws {
        let asker = PlatformAsker(bot([(10, Scenario.Export(takes: takes(50)))]))
        #expect(asker.text(.mlExportStatus, at: 9) == "{}")
        #expect(asker.member("percentageComplete", of: .mlExportStatus, at: 10) == "0")
        #expect(asker.member("percentageComplete", of: .mlExportStatus, at: 35.3) == "50")
        #expect(asker.member("lMod", of: .mlExportStatus, at: 35.3) == "2023-07-26T13:15:39.983Z")
        #expect(asker.member("status", of: .mlExportStatus, at: 59.999) == "IN_PROGRESS")
        #expect(asker.member("percentageComplete", of: .mlExportStatus, at: 59.999) == "99")
        #expect(asker.member("downloadUrl", of: .mlExportStatus, at: 59.999) == nil)
        #expect(asker.member("status", of: .mlExportStatus, at: 60) == "SUCCESS")
        #expect(asker.member("percentageComplete", of: .mlExportStatus, at: 99) == "100")
        #expect(asker.member("createdOn", of: .mlExportStatus, at: 99) == "2023-07-26T13:15:14.983Z")
        #expect(asker.member("lMod", of: .mlExportStatus, at: 99) == "2023-07-26T13:16:04.983Z")
        let link = try #require(asker.member("downloadUrl", of: .mlExportStatus, at: 99))
        #expect(link.wholeMatch(of: /http:\/\/files\/[0-9a-f]{32}\.csv/) != nil)
    }

    @Test("A success may have an empty link")
    func lacksItsFile() {
        let asker = PlatformAsker(bot([(0, Scenario.Export(takes: takes(5), file: false))]))
        #expect(asker.text(.mlExportStatus, at: 5).hasSuffix(#""downloadUrl":""}"#))
    }

    @Test("An export that fails got stuck on its way")
    func fails() {
        let export = Scenario.Export(queued: takes(5), takes: takes(10), outcome: .failed)
        let asker = PlatformAsker(bot([(0, export)]))
        #expect(asker.member("status", of: .mlExportStatus, at: 4) == "PENDING")
        #expect(asker.member("status", of: .mlExportStatus, at: 14) == "IN_PROGRESS")
        #expect(asker.member("percentageComplete", of: .mlExportStatus, at: 14) == "42")
        #expect(asker.member("status", of: .mlExportStatus, at: 15) == "FAILED")
        #expect(asker.member("percentageComplete", of: .mlExportStatus, at: 15) == "42")
        #expect(asker.member("lMod", of: .mlExportStatus, at: 99) == "2023-07-26T13:15:19.983Z")
        #expect(asker.member("downloadUrl", of: .mlExportStatus, at: 99) == nil)
        #expect(asker.platform.events.map(\.kind) == [.exportRequested, .exportStarted, .exportEnded])
        #expect(asker.platform.events.last?.outcome == "failed")
        #expect(asker.platform.events.last?.duration == .seconds(10))
    }

    @Test("A failed export tells of the step that failed where the scenario names it")
    func tellsTheStep() {
        let export = Scenario.Export(takes: takes(10), outcome: .failed, failedStep: "Writing the file")
        let asker = PlatformAsker(bot([(0, export)]))
        #expect(asker.text(.mlExportStatus, at: 9).contains(#""statusLogs":[],"#))
        #expect(
            asker.text(.mlExportStatus, at: 10).contains(
                #""statusLogs":[{"taskType":"ML_UTTERANCE","taskName":"Collecting utterances","status":"SUCCESS"},"#
                    + #"{"taskType":"ML_UTTERANCE","taskName":"Writing the file","status":"FAILED"}],"#
            )
        )
    }

    @Test("The link may be spelt, and the statuses worded, as on sibling calls")
    func followsSiblings() {
        var sibling = bot([(0, Scenario.Export(queued: takes(1), takes: takes(5)))])
        sibling.downloadKey = .downloadURL
        sibling.spelling = .siblings
        let asker = PlatformAsker(sibling)
        #expect(
            [0.5, 2, 9].map { asker.member("status", of: .mlExportStatus, at: $0) } == [
                "queued", "running", "completed",
            ]
        )
        #expect(asker.member("downloadURL", of: .mlExportStatus, at: 9)?.hasPrefix("http://files/") == true)
        #expect(asker.member("downloadUrl", of: .mlExportStatus, at: 9) == nil)
    }

    @Test("An export that takes no time ends when it gets its turn")
    func takesNoTime() {
        let export = Scenario.Export(queued: takes(5), takes: takes(0))
        let asker = PlatformAsker(bot([(0, export)]))
        #expect(asker.member("status", of: .mlExportStatus, at: 5) == "SUCCESS")
    }

    @Test("An export that hangs stays where it is")
    func hangs() {
        let asker = PlatformAsker(bot([(0, Scenario.Export(outcome: .hang))]))
        #expect(asker.member("status", of: .mlExportStatus, at: 1e8) == "IN_PROGRESS")
        #expect(asker.member("percentageComplete", of: .mlExportStatus, at: 1e8) == "42")
    }

    @Test("The next export has an id and times of its own, an old id, or an old id and old times")
    func variesIdentity() {
        func jobs(_ identity: Scenario.ExportIdentity) -> [[String?]] {
            let exports = [(0, Scenario.Export(takes: takes(5))), (100, Scenario.Export(takes: takes(5)))]
            let asker = PlatformAsker(bot(exports, identity: identity))
            return [50, 150].map { second in
                ["_id", "createdOn", "lMod", "requestedTime"].map {
                    asker.member($0, of: .mlExportStatus, at: second)
                }
            }
        }
        func changed(_ identity: Scenario.ExportIdentity) -> [Bool] {
            let jobs = jobs(identity)
            return zip(jobs[0], jobs[1]).map { $0 != $1 }
        }
        #expect(changed(.new) == [true, true, true, true])
        #expect(changed(.reused) == [false, true, true, true])
        #expect(changed(.stale) == [false, false, false, true])
    }

    @Test("Status calls right after a start fail as often as the scenario says")
    func failsAfterStart() {
        let asker = PlatformAsker(bot([(10, Scenario.Export(takes: takes(5)))], errors: 2))
        #expect(asker.ask(.mlExportStatus, at: 9).status == 200)
        #expect((0..<4).map { asker.ask(.mlExportStatus, at: 11 + Double($0)).status } == [500, 500, 200, 200])
    }

    @Test("An export that runs is what a second start tells of")
    func keepsTheJob() {
        let asker = PlatformAsker(bot([]))
        let first = asker.ask(.mlExport, at: 0)
        #expect(asker.ask(.mlExport, at: 0.05) == first)
        #expect(asker.ask(.mlExport, at: 20) != first)
    }
}
