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
    static var overload: Response {
        var response = Response.plain(.serviceUnavailable, "Too many requests at once; try again in a second.\n")
        response.headers[.retryAfter] = "1"
        return response
    }
}
