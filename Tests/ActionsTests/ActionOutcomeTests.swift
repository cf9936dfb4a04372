import KoreAI
import Testing

@testable import Actions

struct ActionOutcomeTests {
    private static let all: [ActionOutcome] = [
        .started, .done, .failed(.failed), .timedOut(hasStarted: true), .refused(CourseStory.error(.auth)),
        .refused(CourseStory.error(.scope)), .outOfBudget("x"), .busy, .unavailable(CourseStory.error(.connect)),
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

    @Test("of several outcomes the lowest code counts that is not 0")
    func several() {
        #expect(ActionOutcome.exitCode(of: [.done, .started]) == 0)
        #expect(ActionOutcome.exitCode(of: [.done, .busy, .failed(.failed)]) == 2)
        #expect(ActionOutcome.exitCode(of: []) == 0)
    }
}
