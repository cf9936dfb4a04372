import Testing

@testable import koreai_exporter

struct CommandWordsTests {
    @Test(
        "a flag with an equals sign and nothing behind it has the empty value",
        arguments: [
            (["--storage.path="], ["--storage.path", ""]), (["--storage.path=a="], ["--storage.path=a="]),
            (["train", "a="], ["train", "a="]), (["x", "--", "--y="], ["x", "--", "--y="]), ([], []),
        ]
    )
    func emptyValues(words: [String], parsable: [String]) {
        #expect(CommandWords(words: words).parsable == parsable)
    }

    @Test(
        "a command that is not there is answered with the nearest one",
        arguments: [
            (["trian", "a", "--wait"], "There is no command 'trian'. Did you mean 'train'?"),
            (["help", "exprot"], "There is no command 'exprot'. Did you mean 'export'?"),
            (["nonsense"], "There is no command 'nonsense'."), (["train"], nil), (["--wait"], nil), ([], nil),
            (["help"], nil), (["help", "train"], nil),
        ]
    )
    func complaints(words: [String], complaint: String?) {
        #expect(CommandWords(words: words).complaint(commands: ["serve", "train", "export"]) == complaint)
    }
}
