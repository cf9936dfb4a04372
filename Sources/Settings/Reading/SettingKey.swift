/// One row of a table of keys: what a section reads, what it proposes for a mistyped key, and what
/// ``SettingsReference`` says about it.
struct SettingKey<Draft: Sendable>: Sendable {
    let name: String
    /// The type as the reference names it.
    let type: String
    /// The default as the reference gives it; `nil` where the key is required or has none.
    let standard: String?
    /// One sentence or two in Markdown.
    let meaning: String
    let read: @Sendable (YAMLValue, inout Draft, inout SettingsReading) -> Void

    init<Value>(
        _ name: String,
        _ type: SettingType<Value>,
        into path: any WritableKeyPath<Draft, Given<Value>> & Sendable,
        default standard: String? = nil,
        _ meaning: String
    ) {
        self.name = name
        self.type = type.name
        self.standard = standard
        self.meaning = meaning
        read = { value, draft, reading in
            draft[keyPath: path] = reading.read(value, as: type, of: name)
        }
    }

    private init(
        name: String,
        type: String,
        standard: String?,
        meaning: String,
        read: @escaping @Sendable (YAMLValue, inout Draft, inout SettingsReading) -> Void
    ) {
        self.name = name
        self.type = type
        self.standard = standard
        self.meaning = meaning
        self.read = read
    }

    /// The same key as part of a larger section.
    func lifted<Whole>(
        _ path: any WritableKeyPath<Whole, Draft> & Sendable
    ) -> SettingKey<Whole> {
        SettingKey<Whole>(name: name, type: type, standard: standard, meaning: meaning) { value, whole, reading in
            read(value, &whole[keyPath: path], &reading)
        }
    }
}
