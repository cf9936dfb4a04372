/// How large and how tangled a configuration file may be.
///
/// Yams and libYAML recurse over the tree and hash every key, so that a small file with nested anchors could take
/// all of the stack or of the day. No real configuration comes near these limits.
enum YAMLLimits {
    /// Of the file.
    static let bytes = 4 << 20
    /// `[` and `{` inside each other.
    static let flowDepth = 32
    /// Spaces and dashes before the first word of a line.
    static let indentation = 80
    /// `&name`, anywhere in the file.
    static let anchors = 100
    /// Keys and entries that are visited, each alias counted as what it stands for: for a text of so many bytes. A
    /// text without aliases has fewer than it has bytes.
    static func visits(bytes: Int) -> Int {
        100_000 + bytes
    }

    /// `<<` inside what another `<<` brings in.
    static let mergeDepth = 4
    /// Complaints that are kept.
    static let complaints = 10_000
    /// Repeated keys that are told apart; each costs one more parse of the file.
    static let repeatedKeys = 100
}
