import Secrets

extension SettingType where Value == [String: Secret] {
    /// Users and the bcrypt hashes of their passwords.
    static let bcryptUsers = SettingType(name: "mapping of users and hashes") { value, key, reading in
        if case .null = value.kind { return [:] }
        guard case .mapping(let mapping) = value.kind else {
            // Not quoted: a hash may have been written here.
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
    /// Headers that responses may have.
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
                let nearest = NearestWord.nearest(to: entry.key, among: rules.map(\.name))
                let remedy =
                    nearest.map { "did you mean `\($0)`?" } ?? "the headers are \(Quotation.list(rules.map(\.name)))"
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

extension SettingType where Value == [String] {
    /// A list of names.
    static let names = SettingType(name: "list of texts") { value, key, reading in
        reading.list(value, of: key, example: "prometheus.example.com") { entry, reading in
            guard case .text(let text, _) = entry.kind, !text.isEmpty else {
                reading.refuse(entry, of: key, expected: "a name")
                return nil
            }
            return text
        }
    }

    /// A list of paths of URLs.
    static let paths = SettingType(name: "list of paths") { value, key, reading in
        reading.list(value, of: key, example: "/-/healthy") { entry, reading in
            guard case .text(let text, _) = entry.kind, text.hasPrefix("/") else {
                reading.refuse(entry, of: key, expected: "a path such as `/-/healthy`")
                return nil
            }
            return text
        }
    }
}

extension SettingType where Value == Duration {
    /// A duration as Go reads it, zero or more.
    static let goDuration = SettingType(name: "duration") { value, key, reading in
        guard case .text(let text, _) = value.kind, let duration = GoDuration.parse(text) else {
            reading.refuse(value, of: key, expected: "a duration such as `1s` or `100ms`")
            return nil
        }
        return duration
    }
}
