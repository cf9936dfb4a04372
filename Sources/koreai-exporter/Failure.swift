import ArgumentParser
import Foundation

/// How a command ends that could not do its work: the reason on standard error, and exit code 1.
enum Failure {
    /// Writes the reason as it is, without a word before it: complaints begin with their file and line, where editors
    /// look for them.
    static func exit(_ reason: any Error) -> ExitCode {
        exit(String(describing: reason))
    }

    static func exit(_ reason: String) -> ExitCode {
        FileHandle.standardError.write(Data((reason + "\n").utf8))
        return .failure
    }
}
