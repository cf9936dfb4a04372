import FoundationEssentials
import Secrets

extension Secret {
    /// The `exp` claim, where this is a JWT that has one. The signature is not looked at: only the platform can.
    var expiry: Timestamp? {
        let parts = reveal().split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        var base64 = String(parts[1].map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
        base64 += String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        guard let payload = Data(base64Encoded: base64) else { return nil }
        var reader = JSONReader([UInt8](payload))
        guard reader.beginObject() else { return nil }
        do {
            while let key = try reader.nextKey() {
                if key == "exp" { return try reader.scalar().number.flatMap { Timestamp(epoch: $0) } }
                try reader.skip()
            }
        } catch {
            // Not a JWT's payload: then there is no end to tell.
        }
        return nil
    }
}
