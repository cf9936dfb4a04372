extension HTTPReply {
    /// What came of a call that was answered: the reply, or why there is none.
    ///
    /// Any status but 200 to 299 is an error. So is an error body that came with one of these, and a body that says
    /// nothing. A reply that says something is never one.
    package func result<Reply: PlatformReply>(as type: Reply.Type) -> Result<Decoded<Reply>, APIError> {
        guard (200..<300).contains(status) else { return .failure(error) }
        do {
            return .success(try Reply.decode(body))
        } catch .noKnownField where PlatformError(body: body)?.isErrorByShape == true {
            return .failure(error)
        } catch {
            return .failure(APIError(error, in: self))
        }
    }
}
