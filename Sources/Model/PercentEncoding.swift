extension String {
    /// The text as one segment of a URL's path or one value of its query. See `append(percentEncoding:)` of `[UInt8]`.
    package var percentEncoded: String {
        var bytes: [UInt8] = []
        bytes.append(percentEncoding: self)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension [UInt8] {
    private static let hexadecimalDigits = Array("0123456789ABCDEF".utf8)

    /// Appends a text as one segment of a URL's path or one value of its query: all but RFC 3986's unreserved characters is
    /// percent-encoded, in UTF-8.
    package mutating func append(percentEncoding text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                append(byte)
            default:
                append(UInt8(ascii: "%"))
                append(Self.hexadecimalDigits[Int(byte >> 4)])
                append(Self.hexadecimalDigits[Int(byte & 15)])
            }
        }
    }
}
