/// Host and port as a client named them.
enum HostHeader {
    /// - Returns: The same where it is a name or an IP address with or without a port; `nil` for anything else, so that
    ///   nothing else gets into an answer.
    static func checked(_ authority: String?) -> String? {
        guard let authority, !authority.isEmpty, authority.utf8.count <= 255 else { return nil }
        var host = authority[...]
        if let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") {
            let port = host[host.index(after: colon)...]
            guard !port.isEmpty, port.utf8.allSatisfy(isDigit), UInt16(port) != nil else { return nil }
            host = host[..<colon]
        }
        let isAddress = host.hasPrefix("[") && host.hasSuffix("]")
        let name = isAddress ? host.dropFirst().dropLast() : host
        guard !name.isEmpty else { return nil }
        let isPlain = name.utf8.allSatisfy { byte in
            isAddress
                ? isDigit(byte) || isHexadecimalLetter(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
                : isDigit(byte) || isLetter(byte)
                    || [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_")].contains(byte)
        }
        return isPlain ? authority : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isHexadecimalLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }
}
