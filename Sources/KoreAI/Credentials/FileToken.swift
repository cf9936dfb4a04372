import Secrets

/// The token of a file: when to look at the file again, and what to go by meanwhile.
///
/// Replacing a file can leave it missing or empty for a moment, so the token that was read before stays good for
/// ``grace`` then. After that the file counts: whoever took it away wants the token gone.
struct FileToken {
    /// What to do for a request.
    enum Step: Hashable {
        /// The token, or why there is none.
        case known(Result<Secret, APIError>)
        /// Look at the file, then tell ``saw(_:at:)``.
        case look(known: FileIdentity?)
    }

    /// The file is looked at no more often, in milliseconds.
    static let lookInterval: Int64 = 1000
    /// How long a token outlives its file, in milliseconds.
    static let grace: Int64 = 60_000

    let credential: String
    let path: String

    private var token: Secret?
    private var identity: FileIdentity?
    private var lastLook: Timestamp?
    /// Since when the file gives no token, and why.
    private var fault: (since: Timestamp, error: APIError)?

    init(credential: String, path: String) {
        self.credential = credential
        self.path = path
    }

    func step(at now: Timestamp) -> Step {
        guard let lastLook, (0..<Self.lookInterval).contains(now.milliseconds - lastLook.milliseconds) else {
            return .look(known: identity)
        }
        return .known(outcome(at: now))
    }

    /// Takes in what a look at the file showed.
    ///
    /// - Returns: What to do now, never another look: one that takes long must not lead to the next.
    mutating func saw(_ sight: TokenFileSight, at now: Timestamp) -> Result<Secret, APIError> {
        lastLook = now
        switch sight {
        case .unchanged:
            fault = nil
        case .content(let identity, let bytes):
            switch read(bytes) {
            case .success(let token):
                self.token = token
                self.identity = identity
                fault = nil
            case .failure(let error):
                note(error, at: now)
            }
        case .tooLarge(let size):
            note(failure("has \(size) bytes, and a token has at most \(TokenFile.largest)"), at: now)
        case .unreadable(let why):
            note(failure("cannot be read: \(why)"), at: now)
        }
        return outcome(at: now)
    }

    /// The platform refused a token: it gets no grace, and the file is looked at before the next request.
    mutating func refused(_ token: Secret) {
        guard token == self.token else { return }
        lastLook = nil
        if fault != nil { self.token = nil }
    }

    private func outcome(at now: Timestamp) -> Result<Secret, APIError> {
        let isInGrace = fault.map { now.milliseconds - $0.since.milliseconds < Self.grace } ?? true
        guard let token, isInGrace else { return .failure(fault?.error ?? failure("was not read")) }
        return .success(token)
    }

    private mutating func note(_ error: APIError, at now: Timestamp) {
        // What is there now is not the file that was read.
        identity = nil
        fault = (fault?.since ?? now, error)
    }

    /// The token in a file's content: visible ASCII without spaces, white space around it dropped.
    private func read(_ bytes: [UInt8]) -> Result<Secret, APIError> {
        let text = String(decoding: bytes, as: UTF8.self).trimmed
        guard !text.isEmpty else { return .failure(failure("is empty")) }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return .failure(failure("holds more than a token: spaces, line ends or other characters inside it"))
        }
        return .success(Secret(text))
    }

    private func failure(_ what: String) -> APIError {
        APIError(
            reason: .auth,
            code: 0,
            message: """
                Credential \(credential): the token file \(path) \(what). Write the JWT alone into it (no "Bearer"), \
                readable for the exporter's user; it is read again within a second
                """
        )
    }
}
