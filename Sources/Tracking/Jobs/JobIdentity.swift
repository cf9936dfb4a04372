import KoreAI

/// What tells one export job from another. The platform may use an id again for a later request.
struct JobIdentity: Sendable, Hashable {
    var id: String?
    var createdOn: Timestamp?
    var requestedTime: Timestamp?

    init(_ reply: MLExportReply) {
        id = reply.id
        createdOn = reply.createdOn
        requestedTime = reply.requestedTime
    }

    /// Whether a field that both have differs. A field that a reply leaves out proves nothing.
    func isOther(than known: JobIdentity) -> Bool {
        differ(id, known.id) || differ(createdOn, known.createdOn) || differ(requestedTime, known.requestedTime)
    }

    /// Whether this is a job from before the other one.
    func isOlder(than known: JobIdentity) -> Bool {
        if let known = known.requestedTime, let told = requestedTime, known != told { return told < known }
        if let known = known.createdOn, let told = createdOn { return told < known }
        return false
    }

    /// The same job, with what either knows of it.
    func merged(with known: JobIdentity) -> JobIdentity {
        var merged = self
        merged.id = id ?? known.id
        merged.createdOn = createdOn ?? known.createdOn
        merged.requestedTime = requestedTime ?? known.requestedTime
        return merged
    }

    private func differ<Value: Equatable>(_ told: Value?, _ known: Value?) -> Bool {
        if let told, let known { told != known } else { false }
    }
}
