/// What the rules look at in an error reply.
struct ErrorSymptoms: Hashable {
    /// Who the body is from, by its form.
    enum Speaker: Hashable {
        /// An error body of JSON.
        case platform
        /// A page for people: a proxy, a firewall or a login.
        case page
        /// Nothing, or nothing that tells.
        case unknown
    }

    /// The HTTP status, or what stands for it: the code of an error body that came with 200 to 299, and, where it is
    /// below 500, 401 for the platform's codes 401 and 4002 and 429 for its code 429.
    var status: Int
    /// The platform's words, or those of a plain text, in lower case.
    var words: String
    var speaker: Speaker
    var endpoint: Endpoint

    init(_ reply: HTTPReply, platform: PlatformError?) {
        endpoint = reply.endpoint
        if let platform {
            speaker = .platform
            words = (platform.message ?? "").lowercased()
        } else if reply.isHTML {
            speaker = .page
            words = ""
        } else {
            speaker = .unknown
            words = PrintableText.of(reply.body, limit: 200).lowercased()
        }
        let isSuccess = (200..<300).contains(reply.status)
        switch platform?.number {
        case _ where reply.status == 429, 429 where reply.status < 500:
            status = 429
        case 401 where reply.status < 500, 4002 where reply.status < 500:
            status = 401
        case .some(let number) where isSuccess && (400..<600).contains(number):
            status = number
        default:
            status = reply.status
        }
    }
}
