import Model
import Yams

/// The table of a section's keys, from which parsing, complaints, defaults, reference and written YAML follow.
struct SettingsTable<Section: Sendable>: Sendable {
    /// The section's name in complaints, as in "unknown key `x` in a bot".
    let name: String
    /// The first words of complaints about one such section: "this bot".
    let subject: String
    /// The section without any key: all defaults.
    let standard: Section
    let keys: [SettingKey<Section>]
    /// Whether keys that begin with `x-` are ignored. They are the place for anchors.
    let allowsExtensions: Bool
    /// Whether a key with a blank value counts as missing, as in exporter-toolkit.
    let ignoresBlanks: Bool
    /// Gives the values that the section starts with instead of the defaults.
    let inherited: (@Sendable (SettingsReading) -> Located<Section>)?
    /// Checks several keys together, and fills in the defaults that depend on other keys.
    let check: @Sendable (inout Located<Section>, inout SettingsReading) -> Void

    init(
        _ name: String,
        subject: String? = nil,
        standard: Section,
        keys: [SettingKey<Section>],
        allowsExtensions: Bool = false,
        ignoresBlanks: Bool = false,
        inheriting inherited: (@Sendable (SettingsReading) -> Located<Section>)? = nil,
        check: @escaping @Sendable (inout Located<Section>, inout SettingsReading) -> Void = { _, _ in }
    ) {
        self.name = name
        self.subject = subject ?? name
        self.standard = standard
        self.keys = keys
        self.allowsExtensions = allowsExtensions
        self.ignoresBlanks = ignoresBlanks
        self.inherited = inherited
        self.check = check
    }

    /// The YAML of a section, without the keys that have no value.
    func yaml(_ section: Section) -> YAMLText {
        .mapping(keys.map { ($0.name, $0.yaml(section)) })
    }

    /// The section's keys, for complaints about misplaced keys.
    var keyNames: SectionKeys { SectionKeys(section: name, keys: keys.map(\.name)) }
}

/// The names of a section's keys.
struct SectionKeys: Sendable {
    let section: String
    let keys: [String]
}

/// One row of a section's table: a key.
struct SettingKey<Section: Sendable>: Sendable {
    let name: String
    /// The name of the type in the reference.
    let type: String
    /// The remedy if the key is missing; `nil` if the key is optional.
    let requirement: String?
    /// One or two sentences in Markdown, for the reference.
    private(set) var meaning = ""
    /// Writes the value into the section. Returns `false`, with a complaint, if the value is refused.
    let read: @Sendable (YAMLValue, inout Section, inout SettingsReading) -> Bool
    /// The YAML of the section's value; `nil` if there is nothing to write.
    let yaml: @Sendable (Section) -> YAMLText?
    /// The default in the reference; `nil` for the value of ``SettingsTable/standard``.
    private let standard: String?
    /// Text after the default in the reference.
    private let alternative: String?
}

extension SettingKey {
    /// - Parameters:
    ///   - path: The property for the value. Of several keys for one property, only one has a type that is written; the
    ///     others are ``SettingType/unwritten``.
    ///   - standard: The default in the reference, if it is not simply the value of a section without the key.
    ///   - alternative: Text after the default in the reference: "10s, or …".
    ///   - requirement: The remedy if a required key is missing: "add one, as in …".
    init<Value>(
        _ name: String,
        _ type: SettingType<Value>,
        into path: any WritableKeyPath<Section, Value> & Sendable,
        default standard: String? = nil,
        or alternative: String? = nil,
        required requirement: String? = nil
    ) {
        self.name = name
        self.type = type.name
        self.requirement = requirement
        self.standard = standard
        self.alternative = alternative
        read = { value, section, reading in
            guard let read = reading.read(value, as: type, of: name) else { return false }
            section[keyPath: path] = read
            return true
        }
        yaml = { type.yaml($0[keyPath: path]) }
    }

    /// A key for an optional property.
    init<Value>(
        _ name: String,
        _ type: SettingType<Value>,
        intoOptional path: any WritableKeyPath<Section, Value?> & Sendable,
        default standard: String? = nil
    ) {
        self.init(name, type.optional, into: path, default: standard)
    }

    /// The key with its text for the reference.
    func meaning(_ text: String) -> SettingKey {
        var key = self
        key.meaning = text
        return key
    }

    /// The default for the reference; empty if the key is required or has none.
    func defaultText(of table: SettingsTable<Section>) -> String {
        let text = standard ?? yaml(table.standard)?.unquoted.map { "`\($0)`" } ?? ""
        return text + (alternative.map { ", or \($0)" } ?? "")
    }

    /// The key as a key of a larger section that contains this one.
    ///
    /// - Parameter isWritten: Whether the larger section has this part.
    func lifted<Whole>(
        _ path: any WritableKeyPath<Whole, Section> & Sendable,
        writtenWhere isWritten: @escaping @Sendable (Whole) -> Bool = { _ in true }
    ) -> SettingKey<Whole> {
        SettingKey<Whole>(
            name: name,
            type: type,
            requirement: requirement,
            meaning: meaning,
            read: { value, whole, reading in read(value, &whole[keyPath: path], &reading) },
            yaml: { isWritten($0) ? yaml($0[keyPath: path]) : nil },
            standard: standard,
            alternative: alternative
        )
    }
}

/// A key that the file contains.
struct GivenKey: Sendable {
    /// The place of the value.
    var mark: SourceMark
    /// Whether the value was accepted; if not, there is a complaint already.
    var isAccepted: Bool
    /// Whether the key stands in the section itself, not in the one it inherits from.
    var isOwn = true
}

/// A section that was read, with its place and those of its keys.
@dynamicMemberLookup
struct Located<Section: Sendable>: Sendable {
    var section: Section
    /// The place where the section begins.
    var mark: SourceMark
    private var keys: [String: GivenKey] = [:]

    init(_ section: Section, at mark: SourceMark = .start) {
        self.section = section
        self.mark = mark
    }

    /// `nil` if the key is neither in the section nor in the one it inherits from.
    subscript(key: String) -> GivenKey? {
        get { keys[key] }
        set { keys[key] = newValue }
    }

    subscript<Value>(dynamicMember path: WritableKeyPath<Section, Value>) -> Value {
        get { section[keyPath: path] }
        set { section[keyPath: path] = newValue }
    }

    /// The place of a key's value if it was accepted; otherwise `nil`.
    func accepted(_ key: String) -> SourceMark? {
        keys[key].flatMap { $0.isAccepted ? $0.mark : nil }
    }

    /// The first of these keys that the section has.
    func first(of names: [String]) -> (name: String, key: GivenKey)? {
        names.lazy.compactMap { name in keys[name].map { (name, $0) } }.first
    }

    /// The transformed section with the same places.
    func map<Other>(_ transform: (Section) -> Other) -> Located<Other> {
        var other = Located<Other>(transform(section), at: mark)
        other.keys = keys
        return other
    }

    /// The section as the start of one at `mark` that inherits from it.
    func inherited(at mark: SourceMark) -> Located {
        var heir = Located(section, at: mark)
        heir.keys = keys.mapValues { GivenKey(mark: $0.mark, isAccepted: $0.isAccepted, isOwn: false) }
        return heir
    }
}

extension SettingsReading {
    /// Reads the whole file.
    mutating func root<Section>(_ root: YAMLValue, by table: SettingsTable<Section>) -> Section {
        guard case .mapping(let mapping) = root.kind, !root.isForeign else {
            let keys = Quotation.list(table.keys.map(\.name))
            complain(at: root.mark, "the file must be a mapping with the keys \(keys), not \(root.kindWords)")
            return table.standard
        }
        return read(mapping, at: root.mark, by: table).section
    }

    /// Reads a section in the order of its table, and complains about other keys.
    ///
    /// - Parameter mapping: `nil` for a section without content.
    mutating func read<Section>(
        _ mapping: Node.Mapping?,
        at mark: SourceMark,
        by table: SettingsTable<Section>
    ) -> Located<Section> {
        var located = table.inherited?(self).inherited(at: mark) ?? Located(table.standard, at: mark)
        let entries = if let mapping { self.entries(of: mapping) } else { [Entry]() }
        for key in table.keys {
            if let entry = entries.first(where: { $0.key == key.name }), !table.ignoresBlanks || !entry.value.isBlank {
                let isAccepted = key.read(entry.value, &located.section, &self)
                located[key.name] = GivenKey(mark: entry.value.mark, isAccepted: isAccepted)
            } else if let requirement = key.requirement {
                complain(at: mark, "\(table.subject) has no `\(key.name)`; \(requirement)")
            }
        }
        let known = table.keys.map(\.name)
        for entry in entries where !known.contains(entry.key) {
            if table.allowsExtensions, entry.key.hasPrefix("x-") { continue }
            complainAboutKey(entry, known: known, section: table.name)
        }
        table.check(&located, &self)
        return located
    }

    private mutating func complainAboutKey(_ entry: Entry, known: [String], section: String) {
        let key = Quotation.quoted(entry.key)
        let remedy: String
        let homes = sections.filter { $0.keys.contains(entry.key) }.map(\.section).filter { $0 != section }
        if !homes.isEmpty {
            remedy = "it belongs in \(homes.joined(separator: " or "))"
        } else {
            remedy =
                NearestWord.proposal(for: entry.key, among: known) ?? "the keys are \(Quotation.list(known))"
        }
        complain(at: entry.mark, "unknown key \(key) in \(section); \(remedy)")
    }
}
