import FoundationEssentials
import Model
import TestSupport
import Testing

@testable import KoreAI

struct JSONReaderTests {
    private func scalar(_ text: String) throws -> JSONScalar {
        var reader = JSONReader(Array(text.utf8))
        let scalar = try reader.scalar()
        try reader.end()
        return scalar
    }

    @Test(
        "Every kind of value",
        arguments: [
            ("null", JSONScalar.null), (" true\n", .bool(true)), ("false", .bool(false)), ("-1.5e3", .number("-1.5e3")),
            (#""""#, .string("")), ("[1,[2]]", .array), (#"{"a":{"b":"}"}}"#, .object), ("NaN", .word("NaN")),
            ("-Infinity", .number("-Infinity")), ("True", .word("True")),
        ]
    )
    func kinds(text: String, expected: JSONScalar) throws {
        #expect(try scalar(text) == expected)
    }

    @Test(
        "Escapes",
        arguments: [
            (#""a\"b\\c\/d""#, #"a"b\c/d"#), (#""\b\f\n\r\t""#, "\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "Aé€"),
            (#""\ud83d\ude00""#, "😀"), (#""\ud83d""#, "\u{FFFD}"), (#""\ude00x""#, "\u{FFFD}x"),
            (#""\ud83dA""#, "\u{FFFD}A"), (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\u12""#, "\u{FFFD}12"),
            (#""\u""#, "\u{FFFD}"), (#""größe""#, "größe"),
        ]
    )
    func escapes(text: String, expected: String) throws {
        #expect(try scalar(text) == .string(expected))
    }

    @Test("Bytes that are no UTF-8 do not fail a text")
    func invalidUTF8() throws {
        var reader = JSONReader([UInt8(ascii: "\""), 0xFF, 0x41, UInt8(ascii: "\"")])
        #expect(try reader.scalar() == .string("\u{FFFD}A"))
    }

    @Test("A byte order mark is passed over")
    func byteOrderMark() throws {
        #expect(try scalar("\u{FEFF}1") == .number("1"))
    }

    @Test(
        "What has no value is refused",
        arguments: ["", " ", "]", "}", ",", ":", "[", "{", "\"", "\"\\", "[\"\\\"]", "'a'"]
    )
    func refused(text: String) {
        #expect(throws: JSONSyntaxError.self) { try scalar(text) }
    }

    @Test("Objects that JSONEncoder writes are read back as they were", arguments: [11, 12, 13] as [UInt64])
    func agreesWithFoundation(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<200 {
            var object: [String: String] = [:]
            for _ in 0..<Int.random(in: 0...6, using: &generator) {
                object[randomText(&generator)] = randomText(&generator)
            }
            let encoder = JSONEncoder()
            if Bool.random(using: &generator) { encoder.outputFormatting = .prettyPrinted }
            var reader = JSONReader([UInt8](try encoder.encode(object)))
            var read: [String: String] = [:]
            let isObject = reader.beginObject()
            #expect(isObject)
            while let key = try reader.nextKey() {
                if case .string(let text) = try reader.scalar() { read[key] = text }
            }
            try reader.end()
            #expect(read == object)
        }
    }

    private func randomText(_ generator: inout SplitMix64) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...12, using: &generator) {
            let value = UInt32.random(in: 0...(Bool.random(using: &generator) ? 0x7F : 0x1_FFFF), using: &generator)
            text.append(Unicode.Scalar(value) ?? "?")
        }
        return String(text)
    }
}
