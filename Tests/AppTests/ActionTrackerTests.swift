import KoreAI
import Model
import Testing
import Tracking

@testable import App
@testable import Polling

struct ActionTrackerTests {
    private static let faq = Target.training(bot: "banking", engine: .faq, language: "en", state: .configured)
    private static let export = Target.export(bot: "banking")

    @Test("a training that is seen to run is done when it ends")
    func seen() {
        var story = ActionStory()
        story.look(.ml(.finished, 3))
        story.start()
        story.look(.ml(.queued))
        #expect(story.actionTracker.update == .queued)
        story.look(.ml(.inProgress))
        #expect(story.actionTracker.update == .running(progress: nil))
        #expect(story.outcome == nil)
        story.look(.ml(.finished, 4))
        #expect(story.outcome == .done)
        #expect(story.actionTracker.started?.run?.duration != nil)
    }

    @Test(
        "a training of which nothing is seen is done after six looks at a finished model, with versions of any kind",
        arguments: [3, nil] as [Int64?]
    )
    func tooShort(version: Int64?) {
        var story = ActionStory()
        story.look(.ml(.finished, version, inSync: true))
        story.start()
        for _ in 1...5 {
            story.look(.ml(.finished, version, inSync: true))
            #expect(story.outcome == nil)
        }
        story.look(.ml(.finished, version, inSync: true))
        #expect(story.outcome == .doneUnseen)
        #expect(story.outcome?.exitCode == 0)
        #expect(story.elapsed < .seconds(60))
    }

    @Test("looks that failed, or that show an unknown word or an older reply, are none of the six")
    func noLooks() {
        var story = ActionStory()
        story.look(.ml(.finished, 3))
        story.start()
        story.look(.ml(.finished, 2))
        for _ in 1...5 {
            story.look(.ml(.finished, 3))
            story.look(.ml(.unknown))
            story.look(.serverError)
        }
        #expect(story.outcome == nil)
        story.look(.ml(.finished, 3))
        #expect(story.outcome == .doneUnseen)
    }

    @Test("a look that shows something under way begins the six anew, and the end that follows counts")
    func underWay() {
        var story = ActionStory()
        story.look(.ml(.finished, 3))
        story.start()
        for _ in 1...5 { story.look(.ml(.finished, 3)) }
        story.look(.ml(.inProgress))
        story.look(.ml(.finished, 3))
        #expect(story.outcome == .done)
    }

    @Test("a flag that turned true is done, also with constant versions, and also where it turned true under way")
    func flagTurnedTrue() {
        var unseen = ActionStory()
        unseen.look(.ml(.finished, 3, inSync: false))
        unseen.start()
        unseen.look(.ml(.finished, 3, inSync: false))
        unseen.look(.ml(.finished, 3, inSync: true))
        #expect(unseen.outcome == .done)

        var running = ActionStory()
        running.look(.ml(.finished, 3, inSync: false))
        running.start()
        running.look(.ml(.inProgress, inSync: true))
        #expect(running.outcome == nil)
        running.look(.ml(.failed, inSync: true))
        #expect(running.outcome == .failed(.failed))
    }

    @Test("an export from before the start is never taken for the new one")
    func oldExport() {
        var story = ActionStory(Self.export, timeout: .seconds(300))
        story.look(.export(.success, "old"))
        story.start()
        while story.outcome == nil { story.look(.export(.success, "old")) }
        #expect(story.outcome == .timedOut(hasStarted: true))
    }

    @Test("a training that ends well between two polls is known by its version, its time, or the failure before")
    func unseenSuccess() {
        var byVersion = ActionStory()
        byVersion.look(.ml(.finished, 3))
        byVersion.start()
        byVersion.look(.ml(.finished, 3))
        byVersion.look(.ml(.finished, 4))
        #expect(byVersion.outcome == .done)

        var byTime = ActionStory(Self.faq)
        byTime.look(.faq(.finished, 1000))
        byTime.start()
        byTime.look(.faq(.finished, 1000))
        byTime.look(.faq(.finished, 2000))
        #expect(byTime.outcome == .done)

        var byOutcome = ActionStory()
        byOutcome.look(.ml(.failed))
        byOutcome.start()
        byOutcome.look(.ml(.failed))
        byOutcome.look(.ml(.finished, 4))
        #expect(byOutcome.outcome == .done)
    }

    @Test("of a bot that was never trained, whatever it is answered, the first end is the new one's")
    func neverTrained() {
        for reason in [APIError.Reason.notFound, .badRequest, .malformed] {
            var story = ActionStory()
            story.look(reason)
            story.start()
            story.look(reason)
            story.look(.ml(.finished, 1))
            #expect(story.outcome == .done)
        }
        var story = ActionStory(Self.export)
        story.look(.export(.unknown))
        story.start()
        story.look(.export(.failed, "a"))
        #expect(story.outcome == .failed(.failed))
    }

    @Test("a failure is told from the one before where it is seen, and believed after a while where it is not")
    func failures() {
        var seen = ActionStory()
        seen.look(.ml(.failed))
        seen.start()
        seen.look(.ml(.inProgress))
        seen.look(.ml(.failed))
        #expect(seen.outcome == .failed(.failed))

        var changed = ActionStory()
        changed.look(.ml(.finished, 3))
        changed.start()
        changed.look(.ml(.failed))
        #expect(changed.outcome == .failed(.failed))

        var unseen = ActionStory()
        unseen.look(.ml(.failed))
        unseen.start()
        for _ in 1...5 { unseen.look(.ml(.failed)) }
        #expect(unseen.outcome == nil)
        unseen.look(.ml(.failed))
        #expect(unseen.outcome == .failed(.failedUnseen))
        #expect(
            unseen.outcome?.sentence(of: "training").hasPrefix("the platform says that the last training failed")
                == true
        )
    }

    @Test("the failure of an FAQ training from before the start, as its time tells, is never taken for the new one's")
    func oldFailure() {
        var old = ActionStory(Self.faq, timeout: .seconds(300))
        old.look(.faq(.failed, 1000))
        old.start()
        while old.outcome == nil { old.look(.faq(.failed, 1000)) }
        #expect(old.outcome == .timedOut(hasStarted: true))

        var new = ActionStory(Self.faq)
        new.look(.faq(.failed, 1000))
        new.start()
        new.look(.faq(.failed, 1000))
        new.look(.faq(.failed, 2000))
        #expect(new.outcome == .failed(.failed))
    }

    @Test("one that runs already is waited for before another is started, or refused without waiting")
    func busy() {
        var waiting = ActionStory()
        waiting.look(.ml(.inProgress))
        #expect(waiting.actionTracker.update == .waitingForOther)
        #expect(!waiting.actionTracker.hasStarted)
        waiting.look(.ml(.failed))
        waiting.start()
        waiting.look(.ml(.inProgress))
        waiting.look(.ml(.finished, 4))
        #expect(waiting.outcome == .done)

        var busy = ActionStory(Self.faq, .start)
        busy.look(.faq(.inProgress, 1))
        #expect(busy.outcome == .busy)

        var late = ActionStory(timeout: .seconds(25))
        while late.outcome == nil { late.look(.ml(.inProgress)) }
        #expect(late.outcome == .timedOut(hasStarted: false))
    }

    @Test("without waiting, an accepted start is the end of it")
    func startOnly() {
        var story = ActionStory(intent: .start)
        story.look(.ml(.finished, 1))
        story.start()
        #expect(story.outcome == .started)
    }

    @Test("to resume waits for the one that runs, tells how the last one ended, and starts nothing")
    func resume() {
        var running = ActionStory(intent: .resume)
        running.look(.ml(.queued))
        #expect(running.actionTracker.hasStarted)
        running.look(.ml(.inProgress))
        running.look(.ml(.finished, 2))
        #expect(running.outcome == .done)

        var ended = ActionStory(intent: .resume)
        ended.look(.ml(.failed))
        #expect(ended.outcome == .failed(.failed))

        var nothing = ActionStory(Self.export, .resume)
        nothing.look(.export(.unknown))
        #expect(nothing.outcome?.word == "unavailable")
    }

    @Test("an export is the one after that from before, also where its first status call fails")
    func exports() {
        var story = ActionStory(Self.export)
        story.look(.export(.success, "old", link: "https://old"))
        story.start()
        story.look(.serverError)
        #expect(story.actionTracker.update == .troubled(.serverError))
        story.look(.export(.success, "old", link: "https://old"))
        story.look(.export(.inProgress, "new"))
        story.look(.export(.success, "new", link: "https://new"))
        #expect(story.outcome == .done)
        #expect(story.actionTracker.export?.downloadURL?.reveal() == "https://new")
    }

    @Test("an export is known by the id that the reply to its start gave it")
    func ownExport() {
        // Somebody else's took its place, and ended well: the file is not the one that was asked for.
        var replaced = ActionStory(Self.export)
        replaced.look(.export(.success, "old"))
        replaced.start(id: "own")
        replaced.look(.export(.success, "old"))
        replaced.look(.export(.inProgress, "own"))
        #expect(replaced.outcome == nil)
        replaced.look(.export(.success, "other", link: "https://other"))
        #expect(replaced.outcome == .failed(.replaced))

        // Nothing was known before the start, and the first reply after it shows the end.
        var blind = ActionStory(Self.export)
        for _ in 0..<3 { blind.look(.serverError) }
        blind.start(id: "own")
        blind.look(.export(.success, "own", link: "https://own"))
        #expect(blind.outcome == .done)
        #expect(blind.actionTracker.export?.downloadURL?.reveal() == "https://own")
        #expect(blind.actionTracker.started?.run?.id == "own")

        // An id that the platform uses again tells nothing.
        var reused = ActionStory(Self.export)
        reused.look(.export(.success, "same"))
        reused.start(id: "same")
        reused.look(.export(.success, "same"))
        #expect(reused.outcome == nil)
        reused.look(.export(.inProgress, "same"))
        reused.look(.export(.success, "same"))
        #expect(reused.outcome == .done)
    }

    @Test("a failure has the reason that the reply tells, of one that is resumed too")
    func reasons() {
        let why = Observation.mlExport(MLExportReply(status: .failed, id: "own", reason: "Zip: FAILED"))
        var export = ActionStory(Self.export)
        export.look(.export(.success, "old"))
        export.start(id: "own")
        export.look(why)
        #expect(export.outcome == .failed(.failed))
        #expect(export.actionTracker.reason == "Zip: FAILED")

        var resumed = ActionStory(Self.export, .resume)
        resumed.look(why)
        #expect(resumed.actionTracker.reason == "Zip: FAILED")

        var faq = ActionStory(Self.faq)
        faq.look(.faq(.finished, 1000))
        faq.start(id: "ds-1")
        let failed = FAQTrainingReply(status: .failed, modifiedOn: Timestamp(milliseconds: 2000), reason: "no answers")
        faq.look(.faqTraining(failed))
        #expect(faq.actionTracker.reason == "no answers")
        #expect(faq.actionTracker.id == "ds-1")
    }

    @Test("a link that is missing is asked for again, but not for ever")
    func missingLink() {
        var late = ActionStory(Self.export, wantsFile: true)
        late.look(.export(.success, "old"))
        late.start()
        late.look(.export(.success, "new"))
        #expect(late.actionTracker.update == .awaitingFile)
        late.look(.export(.success, "new", link: "https://new"))
        #expect(late.outcome == .done)

        var never = ActionStory(Self.export, wantsFile: true)
        never.look(.export(.success, "old"))
        never.start()
        for _ in 0...3 { never.look(.export(.success, "new")) }
        #expect(never.outcome?.word == "no_file")
    }

    @Test("one that hangs times out")
    func hangs() {
        var hangs = ActionStory(timeout: .seconds(600))
        hangs.look(.ml(.finished, 1))
        hangs.start()
        while hangs.outcome == nil { hangs.look(.ml(.inProgress)) }
        #expect(hangs.outcome == .timedOut(hasStarted: true))
    }

    @Test("a training that was queued and is then finished is done, also with the version that was there before")
    func queuedThenFinished() {
        var story = ActionStory()
        story.look(.ml(.finished, 3))
        story.start()
        story.look(.ml(.queued))
        story.look(.ml(.finished, 3))
        #expect(story.outcome == .done)
    }
}
