import Testing

@testable import KoreAI

struct StatusWordTests {
    @Test(
        "Documented and seen words of trainings, in any letter case and with any signs between",
        arguments: [
            ("Finished", TrainingStatus.finished), ("Inprogress", .inProgress), ("In Progress", .inProgress),
            ("in-progress", .inProgress), ("IN_PROGRESS", .inProgress), ("Failed", .failed), ("Waiting", .queued),
            ("success", .finished), ("SUCCESS", .finished), ("failure", .failed), (" Failure!\n", .failed),
        ]
    )
    func training(text: String, status: TrainingStatus) {
        #expect(StatusWord(text)?.training == status)
    }

    @Test(
        "Documented and seen words of exports",
        arguments: [
            ("IN_PROGRESS", JobStatus.inProgress), ("SUCCESS", .success), ("FAILED", .failed),
            ("pending", .pending), ("failure", .failed), ("Success", .success),
        ]
    )
    func export(text: String, status: JobStatus) {
        #expect(StatusWord(text)?.job == status)
    }

    @Test(
        "Words of sibling calls",
        arguments: [
            ("queued", TrainingStatus.queued, JobStatus.pending), ("accepted", .queued, .pending),
            ("running", .inProgress, .inProgress), ("completed", .finished, .success), ("passed", .finished, .success),
            ("successful", .finished, .success), ("Error", .failed, .failed),
        ]
    )
    func siblings(text: String, training: TrainingStatus, job: JobStatus) {
        #expect(StatusWord(text)?.training == training)
        #expect(StatusWord(text)?.job == job)
    }

    @Test(
        "Any other word is none of them",
        arguments: ["", "Finishing", "finished2go", "completé", "success\u{E9}", "ＳＵＣＣＥＳＳ", "errors", "none"]
    )
    func unknown(text: String) {
        #expect(StatusWord(text) == nil)
    }

    @Test("Every known status but unknown has a word, and no word stands twice")
    func table() {
        let words = StatusWord.all
        #expect(Set(words.map(\.word)).count == words.count)
        #expect(Set(words.map(\.training)) == Set(TrainingStatus.allCases).subtracting([.unknown]))
        #expect(Set(words.map(\.job)) == Set(JobStatus.allCases).subtracting([.unknown]))
        for word in words { #expect(StatusWord.letters(of: word.word) == word.word) }
    }
}
