extension CurlError {
    static let shutDown = CurlError(reason: .other, message: "the HTTP client has been shut down")
}
