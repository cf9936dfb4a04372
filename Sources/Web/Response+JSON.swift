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
