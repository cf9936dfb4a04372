import Curl
import Polling
import Settings

/// The HTTP client of a command, which has to shut it down.
enum CommandClient {
    /// - Throws: `ExitCode`, once the reason is on standard error.
    static func make(_ settings: HTTPSettings) throws -> CurlClient {
        do {
            return try CurlClient(configuration: CurlConfiguration(settings, userAgent: BuildInfo.userAgent))
        } catch {
            throw Failure.exit(error)
        }
    }
}
