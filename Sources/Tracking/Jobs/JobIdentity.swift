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

    /// Whether this is a job from before the other one: one of its times is earlier and none is later.
    func isOlder(than known: JobIdentity) -> Bool {
        if isEarlier(known.createdOn, createdOn) || isEarlier(known.requestedTime, requestedTime) { return false }
        return isEarlier(createdOn, known.createdOn) || isEarlier(requestedTime, known.requestedTime)
    }

    /// Takes in what another reply tells of the same job.
    mutating func merge(_ told: JobIdentity) {
        id = told.id ?? id
        createdOn = told.createdOn ?? createdOn
        requestedTime = told.requestedTime ?? requestedTime
    }

    private func differ<Value: Equatable>(_ told: Value?, _ known: Value?) -> Bool {
        if let told, let known { told != known } else { false }
    }

    private func isEarlier(_ time: Timestamp?, _ other: Timestamp?) -> Bool {
        if let time, let other { time < other } else { false }
    }
}
