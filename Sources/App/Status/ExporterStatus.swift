package import Curl
import FoundationEssentials
package import Model
import Web

/// Reads the state of a running exporter's targets from its `/api/v1/targets`.
package enum ExporterStatus {
    /// The address is not an exporter's, or does not answer as one does.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    private static let pageSize = 1000
    /// In bytes: a page of targets with every component of a model is far smaller.
    private static let maxPageBytes = 64 << 20
    /// More pages than an exporter's targets can fill.
    private static let maxPages = 1000

    /// - Parameters:
    ///   - url: The exporter's address, with the path under which it is served if there is one.
    ///   - authorization: The value of the header `Authorization`; `nil` for none.
    /// - Returns: A row for each target that the exporter polls, in the order of a table.
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

    /// The address without user and password, safe to show.
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
