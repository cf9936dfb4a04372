import Actions
import ArgumentParser
import Settings

/// The flags that `train` and `export` have in common.
struct ActionOptions: ParsableArguments {
    @Flag(help: "Wait for its end. Where one runs already, wait for that first, and start another then.")
    var wait = false

    @Flag(help: "Start nothing: wait for the one that runs, or tell how the last one ended.")
    var resume = false

    @Option(help: ArgumentHelp("Wait no longer than this.", valueName: "duration"))
    var timeout = PatienceOption(.seconds(1800))

    @Option(help: "What is written to standard output: lines for people, or a JSON object for each.")
    var format = OutputFormat.text

    @OptionGroup var configuration: ConfigurationFlags

    @Option(
        name: .customLong("storage.path"),
        help: ArgumentHelp(
            "Where the exporter keeps histories, to tell how long it usually takes.",
            valueName: "folder"
        ),
        completion: .directory
    )
    var storagePath = "data/"

    func intent(withFile: Bool) -> ActionIntent {
        resume ? .resume : wait || withFile ? .startAndWait : .start
    }

    /// The end of a command that waits again.
    var resumption: String {
        let file = configuration.file
        return (file == ConfigurationFlags.standard ? "" : " --config.file \(ShellWord.quoted(file))") + " --resume"
    }

    static let exitCodes = """
        Exit codes: 0 done, or started where --wait is not given; 1 nothing was started, for another reason; 2 it failed; \
        3 the time to wait was over; 4 the credential was refused; 5 its scope was refused; 6 the budget or rate limit \
        was used up; 7 one runs already and --wait is not given; 8 the file could not be had; 64 wrong usage; 130 stopped \
        by Ctrl-C. Of several, the lowest that is not 0.
        """
}
