/// One line of the table that tells why a call failed. The first that matches counts.
///
/// Source of the platform's words and numbers: the "Errors" and "Rate limits" tables of its documentation and what
/// public clients of it met. Code 4002 tells neither a bad token from a missing scope; the words do.
struct ErrorRule: Sendable {
    var reason: APIError.Reason
    /// The HTTP status, as ``ErrorSymptoms/status`` has it.
    var statuses: ClosedRange<Int> = 100...999
    /// In lower case; one of them stands in the words. Empty: whatever the words are.
    var phrases: [String] = []
    /// `nil`: whoever the body is from.
    var speaker: ErrorSymptoms.Speaker?
    /// `nil`: any.
    var endpoint: Endpoint?
    /// A sentence that tells the operator what it means and what to check.
    var advice: @Sendable (HTTPReply) -> String

    func matches(_ symptoms: ErrorSymptoms) -> Bool {
        statuses.contains(symptoms.status)
            && (phrases.isEmpty || phrases.contains { symptoms.words.contains($0) })
            && (speaker == nil || speaker == symptoms.speaker)
            && (endpoint == nil || endpoint == symptoms.endpoint)
    }

    /// Where no rule matches.
    static let unlisted = ErrorRule(reason: .other) { _ in
        "This is no reply that the platform is known to give: check base_url and http.proxy_url"
    }
}
