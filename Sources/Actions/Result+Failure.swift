import KoreAI

extension Result where Failure == APIError {
    /// Why there is no value; `nil` where there is one.
    var failure: APIError? {
        if case .failure(let error) = self { error } else { nil }
    }
}
