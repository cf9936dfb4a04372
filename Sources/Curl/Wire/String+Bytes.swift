extension String {
    /// Whether each byte passes: asked of the bytes in memory at once, where the string has them, as a token has hundreds.
    func hasOnlyBytes(where isAllowed: (UInt8) -> Bool) -> Bool {
        utf8.withContiguousStorageIfAvailable { $0.allSatisfy(isAllowed) } ?? utf8.allSatisfy(isAllowed)
    }
}
