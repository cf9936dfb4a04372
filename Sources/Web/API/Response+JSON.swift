import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// A JSON response with its members sorted by name and its times in RFC 3339, in UTC.
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

    /// A JSON response whose member `error` says what is wrong.
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

    /// - Parameter location: A URL, or a path on this server.
    static func redirection(to location: String) -> Response {
        var response = Response.plain(.found, "It is at \(location).\n")
        response.headers[.location] = location
        return response
    }

    /// The response 503 for too many requests at once, with `Retry-After: 1`.
    static var overload: Response { overload("Too many requests at once; try again in a second.\n") }

    static func overload(_ text: String) -> Response {
        var response = Response.plain(.serviceUnavailable, text)
        response.headers[.retryAfter] = "1"
        return response
    }
}
