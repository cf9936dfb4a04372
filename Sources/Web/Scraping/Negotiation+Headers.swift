import Exposition
import HTTPTypes

extension Negotiation {
    /// What a request with these headers asks for.
    init(_ request: HTTPFields) {
        self.init(accept: request[.accept], acceptEncoding: request[.acceptEncoding])
    }

    /// Of the answer.
    var headers: HTTPFields {
        var headers: HTTPFields = [.contentType: contentType, .vary: "Accept, Accept-Encoding"]
        if form.coding == .gzip { headers[.contentEncoding] = "gzip" }
        return headers
    }
}
