/// Why a file cannot be read. Its description follows the path: "`ca.pem` does not exist".
package enum FileProblem: Error, Sendable, Hashable {
    case missing
    case forbidden
    case directory
    case notAFile
    /// Any other reason, by its `errno`.
    case unreadable(code: Int32)
}

extension FileProblem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing: "does not exist"
        case .forbidden: "cannot be read: permission denied"
        case .directory: "is a directory, not a file"
        case .notAFile: "is not a regular file"
        case .unreadable(let code): "cannot be read (errno \(code))"
        }
    }
}
