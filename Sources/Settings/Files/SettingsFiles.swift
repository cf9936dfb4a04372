/// How the files that the settings name are read: from the disk, or from memory in tests.
package struct SettingsFiles: Sendable {
    /// Gives at most so many bytes of the beginning of a file.
    package var read: @Sendable (_ path: String, _ limit: Int) -> Result<[UInt8], FileProblem>

    package init(read: @escaping @Sendable (_ path: String, _ limit: Int) -> Result<[UInt8], FileProblem>) {
        self.read = read
    }
}
