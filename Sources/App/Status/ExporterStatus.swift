package import Curl
import FoundationEssentials
package import Model
import Web

/// How the targets of a running exporter do, as its `/api/v1/targets` tells.
package enum ExporterStatus {
    /// An address that is no exporter's, or one that does not answer as it should.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    private static let pageSize = 1000
    /// A page of targets with every component of a model is far smaller.
    private static let maxPageBytes = 64 << 20
    /// More targets than an exporter can have.
    private static let maxPages = 1000

    /// - Parameters:
    ///   - url: Of the exporter, with the path under which it is served if there is one.
    ///   - authorization: The value of the header `Authorization`; `nil` for none.
    /// - Returns: One for each target that the exporter polls, in the order of a table.
    /// - Throws: ``Failure``; ``CurlError`` where the exporter cannot be reached.
    package static func rows(
        of url: String,
        authorization: Secret? = nil,
        through curl: CurlClient
    ) async throws -> [StatusRow] {
        var rows: [StatusRow] = []
        for page in 1...maxPages {
            let answer = try await answer(of: base(url), page: page, authorization, through: curl)
            rows += answer.targets.map(StatusRow.init)
            if page >= answer.pages { break }
        }
        return rows.sorted(by: StatusRow.precedes)
    }

    /// The address without a user and a password, fit to be shown.
    package static func shown(_ url: String) -> String {
        guard let scheme = url.firstRange(of: "://"),
            let at = url[scheme.upperBound...].prefix(while: { $0 != "/" }).lastIndex(of: "@")
        else { return url }
        return String(url[..<scheme.upperBound] + url[url.index(after: at)...])
    }

    private static func base(_ url: String) -> String {
        url.hasSuffix("/") ? String(url.dropLast()) : url
    }

    private static func answer(
        of base: String,
        page: Int,
        _ authorization: Secret?,
        through curl: CurlClient
    ) async throws -> TargetAnswer {
        let url = "\(base)/api/v1/targets?limit=\(pageSize)&page=\(page)"
        let response = try await curl.perform(
            CurlRequest(
                url: url,
                headers: authorization.map { [("Authorization", $0.reveal())] } ?? [],
                maxResponseBytes: maxPageBytes
            )
        )
        guard response.status != 401 else {
            throw Failure(
                description: """
                    \(shown(base)) refuses the password: give --exporter.username and --exporter.password-file, or \
                    --exporter.token-file
                    """
            )
        }
        guard response.status == 200 else {
            throw Failure(
                description: "\(shown(base)) answers with HTTP \(response.status): is that a koreai-exporter?"
            )
        }
        do {
            return try TargetAnswer(json: response.body)
        } catch {
            throw Failure(description: "\(shown(base)) does not answer as a koreai-exporter does: is it one?")
        }
    }
}

extension StatusRow {
    fileprivate init(_ target: TargetAnswer.Target) {
        let collector = Collector(rawValue: target.collector)
        self.init(
            bot: target.bot,
            kind: collector.map(Self.kind(of:)) ?? target.collector,
            language: target.language ?? "",
            state: target.state ?? "",
            status: target.status ?? "unknown"
        )
        progress = target.status == "in_progress" ? target.progress_ratio : nil
        changed = target.last_change?.timeIntervalSince1970
        if collector == .mlTraining { outOfSync = target.components.filter { !$0.in_sync }.map(\.name) }
        failure = target.failure?.reason
    }
}
