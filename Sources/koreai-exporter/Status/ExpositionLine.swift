/// A sample of Prometheus' text format 0.0.4, read back.
struct ExpositionLine: Equatable {
    var name: String
    var labels: [String: String] = [:]
    var value: Double

    /// - Returns: `nil` for a comment, an empty line, and what is no sample.
    init?(_ line: Substring) {
        guard let first = line.first, first != "#" else { return nil }
        var rest = line
        let name = rest.prefix { $0 != "{" && $0 != " " }
        rest = rest.dropFirst(name.count)
        self.name = String(name)
        if rest.first == "{" {
            rest.removeFirst()
            while let next = rest.first, next != "}" {
                guard let label = Self.label(&rest) else { return nil }
                labels[label.name] = label.value
                if rest.first == "," { rest.removeFirst() }
            }
            guard rest.first == "}" else { return nil }
            rest.removeFirst()
        }
        let number = rest.drop { $0 == " " }.prefix { $0 != " " }
        guard let value = Double(number.replacing("+Inf", with: "inf")) else { return nil }
        self.value = value
    }

    private static func label(_ rest: inout Substring) -> (name: String, value: String)? {
        let name = rest.prefix { $0 != "=" }
        rest = rest.dropFirst(name.count)
        guard rest.hasPrefix("=\"") else { return nil }
        rest = rest.dropFirst(2)
        var value = ""
        while let character = rest.popFirst() {
            if character == "\"" { return (String(name), value) }
            guard character == "\\" else {
                value.append(character)
                continue
            }
            switch rest.popFirst() {
            case "n": value.append("\n")
            case let escaped?: value.append(escaped)
            case nil: return nil
            }
        }
        return nil
    }
}
