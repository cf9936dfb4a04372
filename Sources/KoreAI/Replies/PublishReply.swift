package import Model

/// The reply to `GET …/publish/status`: the publish that runs, or the last one.
package struct PublishReply: Sendable, Hashable {
    /// A part of a publish: an entry of `statusSummary`.
    package struct Part: Sendable, Hashable {
        /// `resourceType` in snake case, such as `nl` or `autoversioning`.
        package var name: String
        package var status: JobStatus

        package init(name: String, status: JobStatus) {
            self.name = name
            self.status = status
        }
    }

    /// Parts of one bot that are kept. The platform has six; the set is open, and each is a label's value.
    package static let mostParts = 32

    package var status: JobStatus
    package var id: String?
    /// 0 to 100.
    package var percentComplete: Double?
    package var requestedTime: Timestamp?
    package var initiatedOn: Timestamp?
    /// `lastModifiedOn`.
    package var lastModified: Timestamp?
    /// Sorted by name, each once: where the platform tells of several things of one type, a failed one counts.
    package var parts: [Part]

    package init(
        status: JobStatus,
        id: String? = nil,
        percentComplete: Double? = nil,
        requestedTime: Timestamp? = nil,
        initiatedOn: Timestamp? = nil,
        lastModified: Timestamp? = nil,
        parts: [Part] = []
    ) {
        self.status = status
        self.id = id
        self.percentComplete = percentComplete
        self.requestedTime = requestedTime
        self.initiatedOn = initiatedOn
        self.lastModified = lastModified
        self.parts = parts
    }
}

extension PublishReply: PlatformReply {
    /// What a bot that was never published is answered is not documented; an empty object is the likeliest.
    package static var ofEmptyObject: PublishReply? { PublishReply(status: .unknown) }

    package static func read(from reader: inout ReplyReader) throws(JSONSyntaxError) -> PublishReply? {
        var reply = PublishReply(status: .unknown)
        while let key = try reader.json.nextKey() {
            switch key {
            case "status": reply.status = try reader.status(key)?.job ?? .unknown
            case "_id": reply.id = try reader.text(key)
            case "percentageComplete": reply.percentComplete = try reader.percentage(key)
            case "requestedTime": reply.requestedTime = try reader.time(key)
            case "initiatedOn": reply.initiatedOn = try reader.time(key)
            case "lastModifiedOn": reply.lastModified = try reader.time(key)
            case "statusSummary": reply.parts = try parts(from: &reader, key)
            default: try reader.other(key)
            }
        }
        return reader.saysSomething ? reply : nil
    }

    private static func parts(from reader: inout ReplyReader, _ field: String) throws(JSONSyntaxError) -> [Part] {
        guard reader.json.beginArray() else {
            try reader.unexpected(field)
            return []
        }
        var statuses: [String: JobStatus] = [:]
        while try reader.json.hasNextElement() {
            guard reader.json.beginObject() else {
                try reader.unexpected(field)
                continue
            }
            var name: String?
            var status: JobStatus?
            while let key = try reader.json.nextKey() {
                switch key {
                case "resourceType":
                    guard let type = try reader.text(key) else { continue }
                    name = SnakeCase.text(of: Substring(type))
                    if name == nil { reader.report(field, type) }
                case "status": status = try reader.status(key)?.job
                default: try reader.json.skip()
                }
            }
            guard let name, let status else { continue }
            guard statuses[name] != nil || statuses.count < mostParts else {
                reader.report(field, "more than \(mostParts) parts")
                continue
            }
            if statuses[name] != .failed { statuses[name] = status }
        }
        return statuses.map { Part(name: $0.key, status: $0.value) }.sorted { $0.name < $1.name }
    }
}

/// The reply to `POST …/publish`.
///
/// Source: the platform's page, whose sample is a list with an entry for each part and no id of the publish. Whether an
/// administrator has to approve stands in the result of the entry `dialog`.
package struct StartedPublish: Sendable, Hashable {
    /// The id of the publish, where the platform tells it.
    package var id: String?
    /// Whether it does not begin before an administrator approves it.
    package var awaitsApproval: Bool

    package init(id: String? = nil, awaitsApproval: Bool = false) {
        self.id = id
        self.awaitsApproval = awaitsApproval
    }
}

extension StartedPublish: PlatformReply {
    package static var mayStandInArray: Bool { true }

    package static var ofEmptyObject: StartedPublish? { StartedPublish() }

    package mutating func add(_ next: StartedPublish) {
        id = id ?? next.id
        awaitsApproval = awaitsApproval || next.awaitsApproval
    }

    package static func read(from reader: inout ReplyReader) throws(JSONSyntaxError) -> StartedPublish? {
        var reply = StartedPublish()
        while let key = try reader.json.nextKey() {
            switch key {
            case "_id": reply.id = try reader.text(key)
            case "result" where reader.json.beginObject():
                reader.sawKnownField()
                while let inner = try reader.json.nextKey() {
                    if try !reply.readApproval(inner, from: &reader) { try reader.json.skip() }
                }
            default:
                if try !reply.readApproval(key, from: &reader) { try reader.other(key) }
            }
        }
        guard reply.id != nil || reply.awaitsApproval || !reader.looksLikeError else { return nil }
        return reader.saysSomething ? reply : nil
    }

    /// Reads a field that may say that the publish awaits an approval: a word in `state` or `status`, or a flag.
    private mutating func readApproval(_ key: String, from reader: inout ReplyReader) throws(JSONSyntaxError) -> Bool {
        switch key {
        case "state", "status":
            let word = try reader.word(key)
            if word == "awaitingapproval" { awaitsApproval = true }
        case "awaitingApproval":
            if try reader.truth(key) == true { awaitsApproval = true }
        default: return false
        }
        return true
    }
}
