import KoreAI
import Testing

@testable import Tracking

/// Every arrow of the diagram of ``RunTracker``, for ML replies.
struct RunTrackerTests {
    @Test(
        "what the first reply shows is a state and no event",
        arguments: ["F3", "F", "X", "I", "W", "U", "F3 F3 F3", "X X", "I I", "W W", "U F3", "U X X"]
    )
    func first(script: String) {
        #expect(PolledTraining(.ml, script).counts == Counts(0, 0, 0))
    }

    @Test(
        "a run that the first reply shows under way is counted when it ends, and its duration is not known",
        arguments: [
            ("I F3", Counts(1, 0, 0)), ("I X", Counts(1, 1, 0)), ("I F", Counts(1, 0, 0)), ("I I F3", Counts(1, 0, 0)),
            ("W F3", Counts(1, 0, 0)), ("W X", Counts(1, 1, 0)),
        ]
    )
    func firstUnderWay(script: String, counts: Counts) {
        #expect(PolledTraining(.ml, script).counts == counts)
    }

    @Test("a run that the first reply shows queued is seen to begin", arguments: ["W I F3", "W W I I F"])
    func firstQueued(script: String) {
        #expect(PolledTraining(.ml, script).counts == Counts(1, 0, 1))
    }

    @Test(
        "idle to idle: nothing happened where nothing changed",
        arguments: ["F3 F3", "F F", "X X", "F3 F", "F F3", "F3 F F3", "F3 - - F3", "F3 U F3", "F3 F U F3"]
    )
    func nothing(script: String) {
        #expect(PolledTraining(.ml, script).counts == Counts(0, 0, 0))
    }

    @Test(
        "idle to idle: the version tells how many succeeded unseen, another outcome tells of one",
        arguments: [
            ("F3 F4", Counts(1, 0, 0)), ("F3 F7", Counts(4, 0, 0)), ("F3 F103", Counts(100, 0, 0)),
            ("F3 X", Counts(1, 1, 0)), ("X F3", Counts(1, 0, 0)), ("F3 X F4", Counts(2, 1, 0)),
            ("F3 X F6", Counts(4, 1, 0)), ("F X F X", Counts(3, 2, 0)), ("F3 U F4", Counts(1, 0, 0)),
            ("F3 - F5", Counts(2, 0, 0)), ("F3 F F5", Counts(2, 0, 0)), ("X X F3 F4", Counts(2, 0, 0)),
        ]
    )
    func unseen(script: String, counts: Counts) {
        #expect(PolledTraining(.ml, script).counts == counts)
    }

    @Test(
        "idle to queued or running, queued to running, running to idle: one run with a duration",
        arguments: [
            ("F3 I F4", Counts(1, 0, 1)), ("F3 W I F4", Counts(1, 0, 1)), ("F3 I I I F4", Counts(1, 0, 1)),
            ("F3 I X", Counts(1, 1, 1)), ("F3 W W I I X X", Counts(1, 1, 1)), ("X I X", Counts(1, 1, 1)),
            ("X I F3", Counts(1, 0, 1)), ("F3 I F4 I F5 F5", Counts(2, 0, 2)), ("F3 I X I F4", Counts(2, 1, 2)),
            ("F I F", Counts(1, 0, 1)), ("F3 I F F4", Counts(1, 0, 1)), ("F3 - I - F4", Counts(1, 0, 1)),
        ]
    )
    func seen(script: String, counts: Counts) {
        #expect(PolledTraining(.ml, script).counts == counts)
    }

    @Test(
        "queued to idle: it ended unseen, unless the same version proves that it was called off",
        arguments: [
            ("F3 W F4", Counts(1, 0, 0)), ("F3 W F3", Counts(0, 0, 0)), ("F3 W W F3 F3", Counts(0, 0, 0)),
            ("F3 W X", Counts(1, 1, 0)), ("X W X", Counts(1, 1, 0)), ("X W F3", Counts(1, 0, 0)),
            ("F3 W F", Counts(1, 0, 0)), ("F3 W F F4", Counts(1, 0, 0)), ("F3 W F3 W I F4", Counts(1, 0, 1)),
        ]
    )
    func queuedToIdle(script: String, counts: Counts) {
        #expect(PolledTraining(.ml, script).counts == counts)
    }

    @Test("running to queued: it goes on being one run, whose duration nobody knows any more")
    func putBack() {
        #expect(PolledTraining(.ml, "F3 I W I F4").counts == Counts(1, 0, 0))
        #expect(PolledTraining(.ml, "F3 I W F4").counts == Counts(1, 0, 0))
        #expect(PolledTraining(.ml, "F3 I W I F4 I F5").counts == Counts(2, 0, 1))
        #expect(PolledTraining(.ml, "F3 I W I F5").counts == Counts(2, 0, 0))
    }

    @Test("running to running: a version that rose shows that one run ended and another began")
    func runningOn() {
        #expect(PolledTraining(.ml, "F3 I3 I4 I4 F5").counts == Counts(2, 0, 2))
        #expect(PolledTraining(.ml, "F3 I3 I6").counts == Counts(3, 0, 1))
        #expect(PolledTraining(.ml, "F3 I3 I3 F4").counts == Counts(1, 0, 1))
    }

    @Test("a status that goes back twice between two polls is two runs, and only the one that was seen has a duration")
    func twice() {
        #expect(PolledTraining(.ml, "F3 F5").counts == Counts(2, 0, 0))
        #expect(PolledTraining(.ml, "F3 I F5").counts == Counts(2, 0, 1))
        #expect(PolledTraining(.ml, "F3 I F5").ended.map(\.duration) == [10_000, nil])
        #expect(PolledTraining(.ml, "F3 W I F6").counts == Counts(3, 0, 1))
    }

    @Test("of several runs none has a duration where the polls may have seen more than one of them running")
    func several() {
        #expect(PolledTraining(.ml, "F3 I I F5").counts == Counts(2, 0, 0))
        #expect(PolledTraining(.ml, "F3 I I I F5 I F6").counts == Counts(3, 0, 1))
        #expect(PolledTraining(.ml, "F3 I3 I3 I5 F6").counts == Counts(3, 0, 1))
    }

    @Test(
        "an unknown status neither ends a run nor begins one",
        arguments: ["F3 I U F4", "F3 U I U U F4", "F3 U W U I F4"]
    )
    func unknown(script: String) {
        let training = PolledTraining(.ml, script)
        #expect(training.counts == Counts(1, 0, 1))
        #expect(PolledTraining(.ml, script + " U").tracker.status == .unknown)
    }

    @Test("a success that was counted without a version is not counted again when the version is told")
    func untoldVersion() {
        #expect(PolledTraining(.ml, "F3 I F F F4 F4").counts == Counts(1, 0, 1))
        #expect(PolledTraining(.ml, "F3 I F I F F5").counts == Counts(2, 0, 2))
        #expect(PolledTraining(.ml, "F3 I F F6").counts == Counts(3, 0, 1))
    }

    @Test("a platform that does not raise its version is believed at once", arguments: ["F3 I F3", "F3 W I I F3 F3"])
    func constantVersion(script: String) {
        #expect(PolledTraining(.ml, script).counts == Counts(1, 0, 1))
        #expect(PolledTraining(.ml, script + " I F3 I X").counts == Counts(3, 1, 3))
    }

    @Test(
        "a platform that raises its version late has its runs counted once",
        arguments: ["F3 I F3 F4", "F3 I F3 F3 F4 F4"]
    )
    func lateVersion(script: String) {
        #expect(PolledTraining(.ml, script).counts == Counts(1, 0, 1))
        #expect(PolledTraining(.ml, script + " I F4 F5").counts == Counts(2, 0, 2))
    }

    @Test("a version that leaps is another model's, and of the runs only one that was seen is counted")
    func leap() {
        #expect(PolledTraining(.ml, "F3 F104").counts == Counts(0, 0, 0))
        #expect(PolledTraining(.ml, "F3 F104 F105").counts == Counts(1, 0, 0))
        #expect(PolledTraining(.ml, "F3 I F104").counts == Counts(1, 0, 1))
        #expect(PolledTraining(.ml, "F3 W F104").counts == Counts(0, 0, 0))
    }
}
