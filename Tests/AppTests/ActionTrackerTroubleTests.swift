import KoreAI
import Model
import Testing
import Tracking

@testable import App
@testable import Polling

/// What an action tracker makes of refusals, of budgets that are used up and of a platform that does not answer.
struct ActionTrackerTroubleTests {
    private static let export = Target.export(bot: "banking")

    @Test(
        "a refused credential or scope ends it at once, before and after the start",
        arguments: [
            APIError.Reason.auth, .scope,
        ]
    )
    func refused(reason: APIError.Reason) {
        var before = ActionStory()
        before.look(reason)
        #expect(before.outcome == .refused(ActionStory.error(reason)))

        var atStart = ActionStory()
        atStart.look(.ml(.finished, 1))
        atStart.start(reason)
        #expect(atStart.outcome == .refused(ActionStory.error(reason)))

        var after = ActionStory()
        after.look(.ml(.finished, 1))
        after.start()
        after.look(reason)
        #expect(after.outcome == .refused(ActionStory.error(reason)))
        #expect(after.actionTracker.hasStarted)
    }

    @Test("a rate limit is waited out where waiting was asked for, and refuses otherwise")
    func throttled() {
        var waiting = ActionStory()
        waiting.look(.throttled)
        waiting.look(.ml(.finished, 1))
        waiting.start(.throttled)
        #expect(waiting.outcome == nil)
        waiting.start()
        waiting.look(.throttled)
        waiting.look(.ml(.finished, 2))
        #expect(waiting.outcome == .done)

        var refused = ActionStory(intent: .start)
        refused.look(.ml(.finished, 1))
        refused.start(.throttled)
        #expect(refused.outcome == .outOfBudget("throttled"))

        var late = ActionStory(timeout: .seconds(100))
        late.look(.ml(.finished, 1))
        while late.outcome == nil { late.start(.throttled) }
        #expect(late.outcome == .outOfBudget("throttled"))
    }

    @Test("a budget of one's own that is used up is waited for, refuses, or ends the time")
    func ownBudget() {
        var waiting = ActionStory()
        waiting.lackBudget(for: .seconds(20))
        waiting.look(.ml(.finished, 1))
        #expect(waiting.elapsed == .seconds(20))

        var refused = ActionStory(intent: .start)
        refused.lackBudget(for: .seconds(20))
        #expect(refused.outcome == .outOfBudget("used up"))

        var late = ActionStory(timeout: .seconds(10))
        late.lackBudget(for: .seconds(20))
        late.pass(.seconds(10))
        #expect(late.outcome == .outOfBudget("used up"))
    }

    @Test("a platform that cannot be reached is given up after three tries, before anything was started")
    func unreachable() {
        var story = ActionStory()
        story.look(.connect)
        story.look(.dns)
        story.look(.timeout)
        #expect(story.outcome == .unavailable(ActionStory.error(.timeout)))
        #expect(story.elapsed < .seconds(5))
    }

    @Test("where the state before the start cannot be had, what ended is not taken for the new one's end")
    func blind() {
        var story = ActionStory(Self.export)
        for _ in 0..<3 { story.look(.serverError) }
        story.start()
        story.look(.export(.success, "some"))
        #expect(story.outcome == nil)
        story.look(.export(.success, "other"))
        #expect(story.outcome == .done)
    }

    @Test("where the state before the start cannot be had, a training is done after six looks at a finished model")
    func blindTraining() {
        for (status, outcome) in [
            (.finished, .doneUnseen), (.failed, .failed(.failedUnseen)),
        ] as [(TrainingStatus, ActionOutcome)] {
            var story = ActionStory()
            for _ in 0..<3 { story.look(.serverError) }
            story.start()
            for _ in 1...6 {
                #expect(story.outcome == nil)
                story.look(.ml(status, 3))
            }
            #expect(story.outcome == outcome)
        }
    }

    @Test("a start whose answer is lost is not sent again: the status tells whether it was taken")
    func lostAnswer() {
        var taken = ActionStory()
        taken.look(.ml(.finished, 1))
        taken.start(.timeout)
        taken.look(.ml(.inProgress))
        taken.look(.ml(.finished, 2))
        #expect(taken.outcome == .done)

        var lost = ActionStory()
        lost.look(.ml(.finished, 1))
        lost.start(.connect)
        while lost.outcome == nil { lost.look(.ml(.finished, 1)) }
        #expect(lost.outcome == .unavailable(ActionStory.error(.connect)))
        #expect(lost.elapsed < .seconds(75))

        var unasked = ActionStory(intent: .start)
        unasked.look(.ml(.finished, 1))
        unasked.start(.timeout)
        #expect(unasked.outcome?.word == "unavailable")
    }

    @Test("trouble while waiting is waited out, ever less often")
    func trouble() {
        var story = ActionStory()
        story.look(.ml(.finished, 1))
        story.start()
        let before = story.elapsed
        for _ in 0..<10 { story.look(.connect) }
        #expect(story.elapsed - before > .seconds(120) && story.elapsed - before < .seconds(420))
        story.look(.ml(.finished, 2))
        #expect(story.outcome == .done)
    }
}
