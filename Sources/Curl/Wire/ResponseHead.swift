/// Collects the header lines of a response, as libcurl hands them over: one a call, with their line ends.
///
/// Interim responses (`100 Continue`, `103 Early Hints`) come first and are dropped when the next one starts; trailers
/// come after the head is complete and are dropped too.
struct ResponseHead {
    /// All lines of a response, interim ones and trailers included. Beyond it a server is not answering but attacking.
    static let maximumBytes = 262_144

    private enum Phase {
        case expectingStatusLine
        case fields(interim: Bool)
        case complete
    }

    private var phase = Phase.expectingStatusLine
    private var received = 0
    /// Of the response that is being read, in the order received: names in lower case, values without the blanks around
    /// them. Lines without a colon are left out; a folded line (RFC 9112, 5.2) goes on with the value before it.
    private(set) var fields: [(name: String, value: String)] = []

    /// Forgets the last response.
    mutating func reset() {
        phase = .expectingStatusLine
        received = 0
        fields = []
    }

    /// Takes the next line.
    ///
    /// - Returns: `false` where the response has more than ``maximumBytes`` of them.
    mutating func append(_ line: some BidirectionalCollection<UInt8>) -> Bool {
        guard line.count <= Self.maximumBytes - received else { return false }
        received += line.count
        if case .complete = phase { return true }
        if line.starts(with: "HTTP/".utf8) {
            let status = line.drop { $0 != UInt8(ascii: " ") }.dropFirst()
            phase = .fields(interim: status.first == UInt8(ascii: "1"))
            fields = []
            fields.reserveCapacity(8)
        } else if line.allSatisfy({ $0 == 0x0D || $0 == 0x0A }) {
            if case .fields(interim: false) = phase { phase = .complete } else { phase = .expectingStatusLine }
        } else if line.first == 0x20 || line.first == 0x09 {
            if !fields.isEmpty { fields[fields.count - 1].value += " " + Self.text(line[...]) }
        } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
            let name = Self.text(line[..<colon]).lowercased()
            fields.append((name: name, value: Self.text(line[colon...].dropFirst())))
        }
        return true
    }

    /// Without the blanks and line ends around it.
    private static func text<Bytes: BidirectionalCollection<UInt8>>(_ bytes: Bytes) -> String
    where Bytes.SubSequence == Bytes {
        var bytes = bytes.drop(while: isBlank)
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
    }
}
