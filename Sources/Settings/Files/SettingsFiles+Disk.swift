extension SettingsFiles {
    /// Reads regular files of the disk. A pipe or a device is refused: it could block, and cannot be read twice.
    package static let disk = SettingsFiles { path, limit in
        DiskFile.bytes(of: path, limit: limit, onlyRegular: true)
    }
}
