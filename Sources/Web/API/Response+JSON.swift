import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// JSON with its members sorted by name; times are RFC 3339 in UTC.
    static func json(_ status: HTTPResponse.Status, _ value: some Encodable) -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
        }
        guard let bytes = try? encoder.encode(value) else {
            return .fault(.internalServerError, "the answer has a number that JSON cannot tell")
        }
        return Response(
            status: status,
            headers: [
                .contentType: "application/json", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    /// Says in JSON what is wrong.
    static func fault(_ status: HTTPResponse.Status, _ message: String) -> Response {
        .json(status, ["error": message])
    }
}

extension Response {
    static func plain(_ status: HTTPResponse.Status, _ text: String) -> Response {
        Response(
            status: status,
            headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }

    /// - Parameter location: An address, or a path of the server.
    static func redirection(to location: String) -> Response {
        var response = Response.plain(.found, "It is at \(location).\n")
        response.headers[.location] = location
        return response
    }

    /// Says that too much is asked for at once.
    static var overload: Response { overload("Too many requests at once; try again in a second.\n") }

    /// Says so in other words.
    static func overload(_ text: String) -> Response {
        var response = Response.plain(.serviceUnavailable, text)
        response.headers[.retryAfter] = "1"
        return response
    }
}
