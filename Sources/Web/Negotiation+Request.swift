import Exposition
import HTTPTypes
import Hummingbird

extension Negotiation {
    /// What a request asks for.
    init(_ request: Request) {
        self.init(accept: request.headers[.accept], acceptEncoding: request.headers[.acceptEncoding])
    }

    /// Of the answer.
    var headers: HTTPFields {
        var headers: HTTPFields = [.contentType: contentType, .vary: "Accept, Accept-Encoding"]
        if form.coding == .gzip { headers[.contentEncoding] = "gzip" }
        return headers
    }
}
