/// What an export writes. The raw value is the parameter `type` of the call and the ending of the file's name.
package enum ExportFileType: String, Sendable, Hashable, CaseIterable {
    /// Documented.
    case csv
    /// Taken by the platform as public clients use it.
    case json
}
