/// The form of a bcrypt hash: `$2y$10$`, then 22 letters of salt and 31 of hash.
enum BcryptHash {
    /// Each step doubles the work: 10 takes about 70 ms, and 18 some 20 seconds of one core.
    static let costs = 4...18

    /// What is wrong with a text as a hash, to follow "the hash of `user`"; `nil` where nothing is. Never quotes it.
    static func objection(to text: String) -> String? {
        let parts = text.utf8.split(separator: UInt8(ascii: "$"), omittingEmptySubsequences: false)
        let versions = ["2a", "2b", "2y"].map { Array($0.utf8) }
        guard parts.count == 4, parts[0].isEmpty, versions.contains(Array(parts[1])), parts[2].count == 2,
            let cost = Int(String(decoding: parts[2], as: UTF8.self)), parts[3].count == 53,
            parts[3].allSatisfy(isDigit)
        else { return "is not one of bcrypt, such as `$2y$10$` and 53 letters; make one with `htpasswd -nBC 10 USER`" }
        guard costs.contains(cost) else {
            return "has a cost of \(cost); it must be from \(costs.lowerBound) to \(costs.upperBound)"
        }
        return nil
    }

    /// bcrypt's own Base64.
    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "/"):
            true
        default: false
        }
    }
}
