import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    static func plain(_ status: HTTPResponse.Status, _ text: String) -> Response {
        Response(
            status: status,
            headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
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
