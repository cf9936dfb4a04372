import Model
import Yams

/// The keys of a section, from which the rest follows: how it is read and what is complained about, its defaults, what
/// ``SettingsReference`` says of it and how it is written.
struct SettingsTable<Section: Sendable>: Sendable {
    /// Names the section in complaints, as in "unknown key `x` in a bot".
    let name: String
    /// Begins complaints about one such section: "this bot".
    let subject: String
    /// The section without any key: the defaults.
    let standard: Section
    let keys: [SettingKey<Section>]
    /// Whether keys that begin with `x-` are left alone: they are the place for anchors.
    let allowsExtensions: Bool
    /// Whether a key with a blank value counts as missing, as in exporter-toolkit.
    let ignoresBlanks: Bool
    /// What the section begins with instead of the defaults.
    let inherited: (@Sendable (SettingsReading) -> Located<Section>)?
    /// Checks what no single key can tell, and fills in the defaults that depend on other keys.
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

    /// How a section is written, without the keys for which it has nothing.
    func yaml(_ section: Section) -> YAMLText {
        .mapping(keys.map { ($0.name, $0.yaml(section)) })
    }

    /// For complaints about keys that stand in the wrong section.
    var keyNames: SectionKeys { SectionKeys(section: name, keys: keys.map(\.name)) }
}

/// The names of a section's keys.
struct SectionKeys: Sendable {
    let section: String
    let keys: [String]
}

/// One row of a table of keys.
struct SettingKey<Section: Sendable>: Sendable {
    let name: String
    /// The type as the reference names it.
    let type: String
    /// What to do where the key is missing; `nil` where it need not be there.
    let requirement: String?
    /// One sentence or two in Markdown, for the reference.
    private(set) var meaning = ""
    /// Writes the value into the section; `false` where it was refused, with a complaint.
    let read: @Sendable (YAMLValue, inout Section, inout SettingsReading) -> Bool
    /// How the section's value is written; `nil` where there is nothing to write.
    let yaml: @Sendable (Section) -> YAMLText?
    /// The default as the reference gives it; `nil` for what a section without the key has.
    private let standard: String?
    /// Follows the default in the reference.
    private let alternative: String?
}

extension SettingKey {
    /// - Parameters:
    ///   - path: Where the value belongs. Where several keys have the same place, all but one have a type that is
    ///     ``SettingType/unwritten``.
    ///   - standard: The default as the reference gives it, where it is not simply what the section has without the key.
    ///   - alternative: Follows the default in the reference: "10s, or …".
    ///   - requirement: What to do where the key is missing, for a key that must be there: "add one, as in …".
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

    /// The same for a key that a section may be without.
    init<Value>(
        _ name: String,
        _ type: SettingType<Value>,
        intoOptional path: any WritableKeyPath<Section, Value?> & Sendable,
        default standard: String? = nil
    ) {
        self.init(name, type.optional, into: path, default: standard)
    }

    /// The key with what the reference says of it.
    func meaning(_ text: String) -> SettingKey {
        var key = self
        key.meaning = text
        return key
    }

    /// The default as the reference gives it; empty where the key is required or has none.
    func defaultText(of table: SettingsTable<Section>) -> String {
        let text = standard ?? yaml(table.standard)?.unquoted.map { "`\($0)`" } ?? ""
        return text + (alternative.map { ", or \($0)" } ?? "")
    }

    /// The same key as part of a larger section.
    ///
    /// - Parameter isWritten: Whether the section has the part.
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

/// A key that the file has.
struct GivenKey: Sendable {
    /// Where the value stands.
    var mark: SourceMark
    /// Whether the value was accepted; otherwise there is a complaint already.
    var isAccepted: Bool
    /// Whether it stands in the section itself, and not where that inherits from.
    var isOwn = true
}

/// A section of the file as it was read, and where it and its keys stand.
@dynamicMemberLookup
struct Located<Section: Sendable>: Sendable {
    var section: Section
    /// Where it begins.
    var mark: SourceMark
    private var keys: [String: GivenKey] = [:]

    init(_ section: Section, at mark: SourceMark = .start) {
        self.section = section
        self.mark = mark
    }

    /// `nil` where the key stands neither in the section nor where it inherits from.
    subscript(key: String) -> GivenKey? {
        get { keys[key] }
        set { keys[key] = newValue }
    }

    subscript<Value>(dynamicMember path: WritableKeyPath<Section, Value>) -> Value {
        get { section[keyPath: path] }
        set { section[keyPath: path] = newValue }
    }

    /// Where the value of a key stands that was accepted; `nil` where there is none.
    func accepted(_ key: String) -> SourceMark? {
        keys[key].flatMap { $0.isAccepted ? $0.mark : nil }
    }

    /// The first of several keys that the section has.
    func first(of names: [String]) -> (name: String, key: GivenKey)? {
        names.lazy.compactMap { name in keys[name].map { (name, $0) } }.first
    }

    /// Another view of the section with the same keys.
    func map<Other>(_ transform: (Section) -> Other) -> Located<Other> {
        var other = Located<Other>(transform(section), at: mark)
        other.keys = keys
        return other
    }

    /// What another section at `mark` begins with that inherits from this.
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

    /// Reads a section by its table, in the table's order. Complains about keys that are not in it.
    ///
    /// - Parameter mapping: `nil` where the section is there and has nothing.
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
