import ArgumentParser
import FoundationEssentials
import Model
import Settings

/// The flags of a command that asks a running exporter.
struct ExporterFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Ask this exporter instead of the platform, such as http://localhost:10573.",
            valueName: "url"
        )
    )
    var exporter: String?

    @Option(
        name: .customLong("exporter.ca-file"),
        help: ArgumentHelp("The authority of the exporter's certificate, as PEM.", valueName: "file"),
        completion: .file()
    )
    var caFile: String?

    @Option(
        name: .customLong("exporter.username"),
        help: ArgumentHelp("The user for an exporter that asks for a password.", valueName: "name")
    )
    var username: String?

    @Option(
        name: .customLong("exporter.password-file"),
        help: ArgumentHelp("The file of that password.", valueName: "file"),
        completion: .file()
    )
    var passwordFile: String?

    @Option(
        name: .customLong("exporter.token-file"),
        help: ArgumentHelp(
            "The file of a bearer token, for an exporter behind a proxy that asks for one.",
            valueName: "file"
        ),
        completion: .file()
    )
    var tokenFile: String?

    func validate() throws {
        if exporter == nil, (caFile ?? username ?? passwordFile ?? tokenFile) != nil {
            throw ValidationError("--exporter is missing: --exporter.… say how that exporter is reached.")
        }
        guard (username == nil) == (passwordFile == nil) else {
            throw ValidationError("--exporter.username and --exporter.password-file need each other.")
        }
        if username != nil, tokenFile != nil {
            throw ValidationError("Give a password or a token, not both.")
        }
    }

    /// The value of the header `Authorization`; `nil` for none.
    ///
    /// - Throws: `ExitCode`, once the reason is on standard error, where a file cannot be read.
    func authorization() throws -> Secret? {
        if let username, let passwordFile {
            let password = try Self.content(of: passwordFile)
            return Secret("Basic " + Data("\(username):\(password)".utf8).base64EncodedString())
        }
        return try tokenFile.map { Secret("Bearer " + (try Self.content(of: $0))) }
    }

    /// The settings for reaching the exporter, with the CA file of these flags.
    func settings(_ settings: HTTPSettings) -> HTTPSettings {
        var settings = settings
        if let caFile { settings.caFile = caFile }
        return settings
    }

    private static func content(of file: String) throws -> String {
        do {
            return try String(contentsOfFile: file, encoding: .utf8).trimmed
        } catch {
            throw Failure.exit("\(file) cannot be read")
        }
    }
}
