import KoreAI
import Secrets
import Testing
import Tracking

@testable import Actions

struct ActionCourseTests {
    private static let faq = Target.training(bot: "banking", engine: .faq, language: "en", state: .configured)
    private static let export = Target.export(bot: "banking")

    @Test("a training that is seen to run is done when it ends")
    func seen() {
        var story = CourseStory()
        story.look(.ml(.finished, 3))
        story.start()
        story.look(.ml(.queued))
        #expect(story.course.sight == .queued)
        story.look(.ml(.inProgress))
        #expect(story.course.sight == .running(progress: nil))
        #expect(story.outcome == nil)
        story.look(.ml(.finished, 4))
        #expect(story.outcome == .done)
        #expect(story.course.run?.duration != nil)
    }

    @Test("a success from before the start is never taken for the new one")
    func oldSuccess() {
        var story = CourseStory(patience: .seconds(300))
        story.look(.ml(.finished, 3))
        story.start()
        while story.outcome == nil { story.look(.ml(.finished, 3)) }
        #expect(story.outcome == .timedOut(hasStarted: true))
        #expect(story.elapsed >= .seconds(290))
    }

    @Test("a training that ends well between two polls is known by its version, its time, or the failure before")
    func unseenSuccess() {
        var byVersion = CourseStory()
        byVersion.look(.ml(.finished, 3))
        byVersion.start()
        byVersion.look(.ml(.finished, 3))
        byVersion.look(.ml(.finished, 4))
        #expect(byVersion.outcome == .done)

        var byTime = CourseStory(Self.faq)
        byTime.look(.faq(.finished, 1000))
        byTime.start()
        byTime.look(.faq(.finished, 1000))
        byTime.look(.faq(.finished, 2000))
        #expect(byTime.outcome == .done)

        var byOutcome = CourseStory()
        byOutcome.look(.ml(.failed))
        byOutcome.start()
        byOutcome.look(.ml(.failed))
        byOutcome.look(.ml(.finished, 4))
        #expect(byOutcome.outcome == .done)
    }

    @Test("of a bot that was never trained, whatever it is answered, the first end is the new one's")
    func neverTrained() {
        for reason in [APIError.Reason.notFound, .badRequest, .malformed] {
            var story = CourseStory()
            story.look(reason)
            story.start()
            story.look(reason)
            story.look(.ml(.finished, 1))
            #expect(story.outcome == .done)
        }
        var story = CourseStory(Self.export)
        story.look(.export(.unknown))
        story.start()
        story.look(.export(.failed, "a"))
        #expect(story.outcome == .failed(.failed))
    }

    @Test("a failure is told from the one before where it is seen, and believed after a while where it is not")
    func failures() {
        var seen = CourseStory()
        seen.look(.ml(.failed))
        seen.start()
        seen.look(.ml(.inProgress))
        seen.look(.ml(.failed))
        #expect(seen.outcome == .failed(.failed))

        var unseen = CourseStory()
        unseen.look(.ml(.failed))
        unseen.start()
        unseen.look(.ml(.failed))
        unseen.look(.ml(.failed))
        unseen.look(.ml(.failed))
        #expect(unseen.outcome == nil)
        while unseen.outcome == nil { unseen.look(.ml(.failed)) }
        #expect(unseen.outcome == .failed(.failedUnseen))
        #expect(unseen.elapsed >= .seconds(60) && unseen.elapsed < .seconds(75))
    }

    @Test("one that runs already is waited for before another is started, or refused without waiting")
    func busy() {
        var waiting = CourseStory()
        waiting.look(.ml(.inProgress))
        #expect(waiting.course.sight == .waitingForOther)
        #expect(!waiting.course.hasStarted)
        waiting.look(.ml(.failed))
        waiting.start()
        waiting.look(.ml(.inProgress))
        waiting.look(.ml(.finished, 4))
        #expect(waiting.outcome == .done)

        var busy = CourseStory(Self.faq, .start)
        busy.look(.faq(.inProgress, 1))
        #expect(busy.outcome == .busy)

        var late = CourseStory(patience: .seconds(25))
        while late.outcome == nil { late.look(.ml(.inProgress)) }
        #expect(late.outcome == .timedOut(hasStarted: false))
    }

    @Test("without waiting, an accepted start is the end of it")
    func startOnly() {
        var story = CourseStory(intent: .start)
        story.look(.ml(.finished, 1))
        story.start()
        #expect(story.outcome == .started)
    }

    @Test("to resume waits for the one that runs, tells how the last one ended, and starts nothing")
    func resume() {
        var running = CourseStory(intent: .resume)
        running.look(.ml(.queued))
        #expect(running.course.hasStarted)
        running.look(.ml(.inProgress))
        running.look(.ml(.finished, 2))
        #expect(running.outcome == .done)

        var ended = CourseStory(intent: .resume)
        ended.look(.ml(.failed))
        #expect(ended.outcome == .failed(.failed))

        var nothing = CourseStory(Self.export, .resume)
        nothing.look(.export(.unknown))
        #expect(nothing.outcome?.word == "unavailable")
    }

    @Test("an export is the one after that from before, also where its first status call fails")
    func exports() {
        var story = CourseStory(Self.export)
        story.look(.export(.success, "old", link: "https://old"))
        story.start()
        story.look(.serverError)
        #expect(story.course.sight == .troubled(.serverError))
        story.look(.export(.success, "old", link: "https://old"))
        story.look(.export(.inProgress, "new"))
        story.look(.export(.success, "new", link: "https://new"))
        #expect(story.outcome == .done)
        #expect(story.course.export?.downloadURL?.reveal() == "https://new")
    }

    @Test("a link that is missing is asked for again, but not for ever")
    func missingLink() {
        var late = CourseStory(Self.export, wantsFile: true)
        late.look(.export(.success, "old"))
        late.start()
        late.look(.export(.success, "new"))
        #expect(late.course.sight == .awaitingFile)
        late.look(.export(.success, "new", link: "https://new"))
        #expect(late.outcome == .done)

        var never = CourseStory(Self.export, wantsFile: true)
        never.look(.export(.success, "old"))
        never.start()
        for _ in 0...3 { never.look(.export(.success, "new")) }
        #expect(never.outcome?.word == "no_file")
    }

    @Test("one that hangs times out, and one that leaves the queue without having run has failed")
    func hangs() {
        var hangs = CourseStory(patience: .seconds(600))
        hangs.look(.ml(.finished, 1))
        hangs.start()
        while hangs.outcome == nil { hangs.look(.ml(.inProgress)) }
        #expect(hangs.outcome == .timedOut(hasStarted: true))

        var calledOff = CourseStory()
        calledOff.look(.ml(.finished, 1))
        calledOff.start()
        calledOff.look(.ml(.queued))
        for _ in 0..<3 { calledOff.look(.ml(.finished, 1)) }
        #expect(calledOff.outcome == .failed(.calledOff))
    }
}
