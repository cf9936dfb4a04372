extension String {
    /// Without the spaces, tabs and line ends around it.
    var trimmed: String {
        guard let first = utf8.first, let last = utf8.last, first.isSpace || last.isSpace else { return self }
        let view = utf8
        guard let start = view.firstIndex(where: { !$0.isSpace }), let end = view.lastIndex(where: { !$0.isSpace })
        else {
            return ""
        }
        return String(self[start...end])
    }
}

extension UInt8 {
    fileprivate var isSpace: Bool {
        self == UInt8(ascii: " ") || (0x09...0x0D).contains(self)
    }
}
