import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

/// A request to the admin path, without its connection.
struct AdminCall {
    var method: String
    /// The rest of the path after `/_simulator/`, split at its slashes.
    var path: [Substring]
    var query: [String: String]
    var body: [UInt8]

    /// Decodes the body's JSON; an empty body counts as `{}`.
    ///
    /// - Throws: ``ControlError`` that names what was expected.
    func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws(ControlError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(body.isEmpty ? Array("{}".utf8) : body))
        } catch let error as DecodingError {
            let place = error.place.isEmpty ? "the body" : error.place
            throw ControlError(message: "\(place): \(error.explanation)")
        } catch {
            throw ControlError(message: "expected JSON: \(error)")
        }
    }

    static func encode(_ value: some Encodable) -> Reply {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { return .internalError }
        return Reply(headers: [.json], body: Array(data) + [UInt8(ascii: "\n")])
    }
}

/// Answers requests below `/_simulator/`, which the real platform does not have.
extension Simulator {
    /// - Parameter path: The rest of the path after `/_simulator/`, without the query.
    func respond(
        toOwnPath path: Substring,
        query: Substring,
        _ request: Request,
        _ context: SimulatorRequestContext
    ) async throws -> Response {
        if path == "redirected" {
            update { state, _ in state.counts.redirectsFollowed += 1 }
            return Response(Reply(json: ["trainingStatus": "Finished"]))
        }
        if path.hasPrefix("files/") { return file(String(path.dropFirst("files/".count))) }
        guard configuration.isAdminEnabled else { return Response(Reply.notFound) }
        guard context.channel.remoteAddress?.isLoopback == true else {
            return Response(Self.failure(403, "the admin path is for clients on loopback"))
        }
        let body = try await request.body.collect(upTo: 1 << 20)
        let call = AdminCall(
            method: request.method.rawValue,
            path: path.split(separator: "/"),
            query: Query.items(of: query),
            body: Array(body.readableBytesView)
        )
        return Response(administer(call))
    }

    /// The file of an export. The link alone gives access to it, as on the real platform.
    private func file(_ name: String) -> Response {
        let found = update { state, now in
            state.platform.advance(to: now)
            return state.platform.takeDownload(name)
        }
        guard let found else { return Response(Reply.notFound) }
        return Response(file: ExportFile(found.job.fileType, size: found.job.plan.fileSize), isBroken: found.isBroken)
    }
}

extension SocketAddress {
    /// Whether the address is in 127.0.0.0/8, also mapped to IPv6, or is ::1.
    fileprivate var isLoopback: Bool {
        guard let ipAddress else { return false }
        return ipAddress.hasPrefix("127.") || ipAddress == "::1" || ipAddress.hasPrefix("::ffff:127.")
    }
}
