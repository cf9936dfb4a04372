/// Which optional fields of values, and of the values in them, were set and which were not.
struct OptionalFields {
    private(set) var set: Set<String> = []
    private(set) var unset: Set<String> = []

    mutating func note(_ value: Any, at path: String = "") {
        let mirror = Mirror(reflecting: value)
        guard mirror.displayStyle == .optional else {
            for child in mirror.children {
                note(child.value, at: "\(path).\(child.label ?? "")")
            }
            return
        }
        if let wrapped = mirror.children.first {
            set.insert(path)
            note(wrapped.value, at: path)
        } else {
            unset.insert(path)
        }
    }
}
