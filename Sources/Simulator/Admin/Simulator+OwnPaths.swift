import HTTPTypes
import Hummingbird

/// The paths below `/_simulator/`, which the real platform does not have.
extension Simulator {
    func respond(
        toOwnPath path: Substring,
        _ request: Request,
        _ context: SimulatorRequestContext
    ) async throws -> Response {
        if path == "redirected" {
            update { state, _ in state.counts.redirectsFollowed += 1 }
            return Response(Reply(json: ["trainingStatus": "Finished"]))
        }
        if path.hasPrefix("files/") { return Response(file(String(path.dropFirst("files/".count)))) }
        return Response(Reply.notFound)
    }

    /// An export's file: whoever has the link has it, as on the real platform.
    private func file(_ name: String) -> Reply {
        let found = update { state, _ in
            state.platform.bots.values.contains {
                $0.export?.fileName == name && $0.export?.status == .success && $0.export?.hasFile == true
            }
        }
        guard found else { return .notFound }
        let csv = "Utterance,Intent\r\nwhat is my balance,Check balance\r\nsend money,Transfer\r\n"
        return Reply(headers: [.init(name: "Content-Type", value: "text/csv; charset=utf-8")], body: Array(csv.utf8))
    }
}
