/// What one look at a token file showed.
enum TokenFileSight: Sendable, Hashable {
    /// It is the file that was read before.
    case unchanged
    case content(FileIdentity, [UInt8])
    /// More than ``TokenFile/largest`` bytes.
    case tooLarge(Int64)
    /// Why it cannot be read, in the system's words.
    case unreadable(String)
}
