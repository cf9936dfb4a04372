package import Model

extension SettingType where Value == [String: Secret] {
    /// A mapping of users to the bcrypt hashes of their passwords.
    static let bcryptUsers = SettingType(name: "mapping of users and hashes") { value, key, reading in
        if case .null = value.kind { return [:] }
        guard case .mapping(let mapping) = value.kind else {
            // Not quoted, because the value may be a hash.
            reading.complain(
                at: value.mark,
                "`\(key)` must be a mapping of users and bcrypt hashes, not \(value.kindWords)"
            )
            return nil
        }
        var users: [String: Secret] = [:]
        for entry in reading.entries(of: mapping) {
            let name = Quotation.quoted(entry.key)
            guard !entry.value.isForeign, case .text(let hash, _) = entry.value.kind else {
                reading.complain(
                    at: entry.value.mark,
                    "the hash of \(name) must be a text, not \(entry.value.kindWords)"
                )
                continue
            }
            reading.hide(hash)
            if entry.key.contains(":") {
                reading.complain(at: entry.mark, "the user \(name) holds a `:`, which HTTP does not let a user have")
            } else if let objection = BcryptHash.objection(to: hash) {
                reading.complain(at: entry.value.mark, "the hash of \(name) \(objection)")
            } else {
                users[entry.key] = Secret(hash)
            }
        }
        return users
    }
}

extension SettingType where Value == [String: String] {
    /// A mapping of the response headers that may be set.
    static let responseHeaders = SettingType(name: "mapping of headers") { value, key, reading in
        if case .null = value.kind { return [:] }
        guard case .mapping(let mapping) = value.kind else {
            reading.refuse(value, of: key, expected: "a mapping such as `{ X-Frame-Options: deny }`")
            return nil
        }
        let rules = ResponseHeaderRule.all
        var headers: [String: String] = [:]
        for entry in reading.entries(of: mapping) {
            let name = Quotation.quoted(entry.key)
            guard let rule = rules.first(where: { $0.name == entry.key }) else {
                let names = rules.map(\.name)
                let remedy =
                    NearestWord.proposal(for: entry.key, among: names) ?? "the headers are \(Quotation.list(names))"
                reading.complain(at: entry.mark, "the header \(name) cannot be set; \(remedy)")
                continue
            }
            if case .null = entry.value.kind { continue }
            guard !entry.value.isForeign, case .text(let text, _) = entry.value.kind else {
                reading.complain(at: entry.value.mark, "the header \(name) must be a text, not \(entry.value.words)")
                continue
            }
            if text.isEmpty { continue }
            guard rule.values.isEmpty || rule.values.contains(text) else {
                reading.refuse(entry.value, of: entry.key, expected: Quotation.choice(rule.values))
                continue
            }
            guard text.unicodeScalars.allSatisfy({ (0x20...0x7E).contains($0.value) }) else {
                reading.complain(at: entry.value.mark, "the header \(name) must hold printable ASCII and nothing else")
                continue
            }
            headers[entry.key] = text
        }
        return headers
    }
}

extension SettingType where Value == Set<String> {
    /// A set of names, at least one, written as a list.
    static let names = SettingType(name: "list of texts") { value, key, reading in
        reading.texts(value, of: key, example: "prometheus.example.com", expected: "a name") { !$0.isEmpty }
            .map(Set.init)
    }

    /// A set of URL paths, at least one, written as a list.
    static let paths = SettingType(name: "list of paths") { value, key, reading in
        reading.texts(value, of: key, example: "/-/healthy", expected: "a path such as `/-/healthy`") {
            $0.hasPrefix("/")
        }.map(Set.init)
    }
}

extension SettingType where Value == Duration {
    /// A duration from zero on, in Go's format.
    static let goDuration = SettingType(name: "duration") { value, key, reading in
        guard case .text(let text, _) = value.kind, let duration = GoDuration.parse(text) else {
            reading.refuse(value, of: key, expected: "a duration such as `1s` or `100ms`")
            return nil
        }
        return duration
    }
}

/// Checks the format of a bcrypt hash: `$2y$10$`, then 22 letters of salt and 31 of hash.
package enum BcryptHash {
    /// The allowed costs. Each step doubles the time: 10 takes about 70 ms of one core, 14 a second, 18 about 20 s.
    static let costs = 4...31

    /// The cost of a hash that ``objection(to:)`` accepts.
    package static func cost(of hash: String) -> Int? {
        let parts = hash.split(separator: "$")
        return parts.count == 3 ? Int(parts[1]) : nil
    }

    /// Says what is wrong with a hash, to follow "the hash of `user`"; `nil` if nothing is. Never quotes the hash.
    static func objection(to text: String) -> String? {
        let parts = text.utf8.split(separator: UInt8(ascii: "$"), omittingEmptySubsequences: false)
        let versions = ["2a", "2b", "2y"].map { Array($0.utf8) }
        guard parts.count == 4, parts[0].isEmpty, versions.contains(Array(parts[1])), parts[2].count == 2,
            let cost = Int(String(decoding: parts[2], as: UTF8.self)), parts[3].count == 53,
            parts[3].allSatisfy(isDigit)
        else { return "is not one of bcrypt, such as `$2y$10$` and 53 letters; make one with `htpasswd -nBC 10 USER`" }
        guard costs.contains(cost) else {
            return "has a cost of \(cost); it must be from \(costs.lowerBound) to \(costs.upperBound)"
        }
        return nil
    }

    /// Whether a byte is a digit of bcrypt's own Base64.
    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "/"):
            true
        default: false
        }
    }
}

/// Certificates or a key in PEM, from a file or from the configuration itself, and the place that names it.
package struct PEMText: Sendable, Hashable {
    /// A key is secret; a certificate is treated the same way.
    package var text: Secret
    /// The file's path; `nil` if the text is in the configuration itself.
    package var path: String?
    /// The place for complaints about the text.
    package var place: Place

    /// A key of the configuration and the place of its value.
    package struct Place: Sendable, Hashable {
        package var file: String
        package var mark: SourceMark
        package var key: String
    }

    /// An empty text without a place.
    static let none = PEMText(text: Secret(""), place: Place(file: "", mark: .start, key: ""))

    /// Makes a complaint about the text, for errors that are found when it is used.
    ///
    /// - Parameter objection: Text after the name of the file or key: "holds no certificate".
    package func complaint(_ objection: String) -> SettingsComplaint {
        let file = path.map { ": the file \(Quotation.quoted($0))" } ?? ""
        return SettingsComplaint(
            file: place.file,
            line: place.mark.line,
            column: place.mark.column,
            message: "`\(place.key)`\(file) \(objection)"
        )
    }
}

extension SettingType where Value == PEMText {
    /// The largest text, in bytes.
    private static var longest: Int { 1 << 20 }

    /// The path of a file in PEM.
    static let pemFile = SettingType(name: "path") { value, key, reading in
        guard let file = reading.file(value, of: key, limit: longest + 1) else { return nil }
        guard file.bytes.count <= longest, let text = String(validating: file.bytes, as: UTF8.self) else {
            reading.complain(at: value.mark, "\(file.name) is not a text in PEM")
            return nil
        }
        return reading.pem(text, path: file.path, at: value.mark, of: key, name: file.name)
    }

    /// A text in PEM inside the configuration itself.
    static let pem = SettingType(name: "text in PEM") { value, key, reading in
        guard case .text(let text, _) = value.kind else {
            reading.complain(at: value.mark, "`\(key)` must be a text in PEM, not \(value.kindWords)")
            return nil
        }
        return reading.pem(text, path: nil, at: value.mark, of: key, name: "`\(key)`")
    }
}

extension SettingsReading {
    fileprivate mutating func pem(
        _ text: String,
        path: String?,
        at mark: SourceMark,
        of key: String,
        name: String
    ) -> PEMText? {
        guard text.contains("-----BEGIN ") else {
            complain(at: mark, "\(name) is not a text in PEM: no line begins with `-----BEGIN `")
            return nil
        }
        return PEMText(text: Secret(text), path: path, place: PEMText.Place(file: file, mark: mark, key: key))
    }
}
