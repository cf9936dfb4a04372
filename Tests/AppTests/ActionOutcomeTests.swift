import KoreAI
import Testing

@testable import App
@testable import Polling

struct ActionOutcomeTests {
    private static let all: [ActionOutcome] = [
        .started, .done, .failed(.failed), .timedOut(hasStarted: true), .refused(ActionStory.error(.auth)),
        .refused(ActionStory.error(.scope)), .outOfBudget("x"), .busy, .unavailable(ActionStory.error(.connect)),
        .noFile("x"), .interrupted(hasStarted: false),
    ]

    @Test("every outcome has an exit code and a word of its own; only what is good ends with 0")
    func distinct() {
        #expect(Set(Self.all.map(\.word)).count == Self.all.count)
        let bad = Self.all.filter { !$0.isGood }.map(\.exitCode)
        #expect(Set(bad).count == bad.count)
        #expect(bad == [2, 3, 4, 5, 6, 7, 1, 8, 130])
        #expect(!bad.contains(64), "64 is for wrong usage")
    }

    @Test("a training that was too short to be seen is done, and its sentence says so")
    func unseen() {
        #expect(ActionOutcome.doneUnseen.word == "done")
        #expect(ActionOutcome.doneUnseen.isGood)
        #expect(ActionOutcome.doneUnseen.sentence(of: "training").hasSuffix("the training was too short to be seen"))
    }

    @Test("of several outcomes the lowest code counts that is not 0")
    func several() {
        #expect(ActionOutcome.exitCode(of: [.done, .started]) == 0)
        #expect(ActionOutcome.exitCode(of: [.done, .busy, .failed(.failed)]) == 2)
        #expect(ActionOutcome.exitCode(of: []) == 0)
    }
}
