import Settings

/// The words of a command line before ArgumentParser reads them.
struct CommandWords {
    private static let help = "help"

    let words: [String]

    /// The words with `--flag=` as `--flag ''`, because the parser takes `--flag=` for a flag without a value.
    var parsable: [String] {
        let end = words.firstIndex(of: "--") ?? words.endIndex
        return words[..<end].flatMap { word in
            word.hasPrefix("--") && word.firstIndex(of: "=") == word.indices.last
                ? [String(word.dropLast()), ""] : [word]
        } + words[end...]
    }

    /// What is wrong with the command's name; `nil` where none is given, or it is known.
    ///
    /// - Parameter commands: The names of all commands.
    func complaint(commands: [String]) -> String? {
        let named = words.first == Self.help ? words.dropFirst().prefix(1) : words.prefix(1)
        guard let name = named.first, !name.hasPrefix("-"), !(commands + [Self.help]).contains(name) else { return nil }
        let meant = NearestWord.nearest(to: name, among: commands).map { ". Did you mean '\($0)'?" } ?? "."
        return "There is no command '\(name)'" + meant
    }
}
