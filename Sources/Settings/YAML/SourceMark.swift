/// A place in the configuration file. Lines and columns start at 1; a column counts Unicode scalars, as libYAML does.
package struct SourceMark: Sendable, Hashable, Comparable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The first character of the file.
    package static let start = SourceMark(line: 1, column: 1)

    package static func < (left: SourceMark, right: SourceMark) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
