/// A reply that can be read leniently from a body.
package protocol PlatformReply: Sendable {
    /// Reads the fields of the object that was stepped into, to its end.
    ///
    /// - Returns: `nil` where the reply says nothing: none of the known fields has a value.
    static func read(from reader: inout ReplyReader) throws(JSONSyntaxError) -> Self?

    /// Whether an array with the object in it does as well as the object.
    static var mayStandInArray: Bool { get }

    /// Adds the next object of an array to this one. By default only the first one counts.
    mutating func add(_ next: Self)

    /// The reply that an empty object is; `nil` where it is none.
    ///
    /// What a bot that was never trained or exported is answered is not documented, and an empty object is the
    /// likeliest: there is nothing to tell, and nothing is wrong.
    static var ofEmptyObject: Self? { get }
}

extension PlatformReply {
    package static var mayStandInArray: Bool { false }

    package static var ofEmptyObject: Self? { nil }

    package mutating func add(_ next: Self) {}

    /// Reads a body as far as it can be understood.
    ///
    /// - Throws: ``MalformedReply`` where it says nothing.
    package static func decode(_ body: [UInt8]) throws(MalformedReply) -> Decoded<Self> {
        var reader = ReplyReader(body)
        let found: (isObject: Bool, reply: Self?)
        do {
            found = try readBody(from: &reader)
        } catch {
            throw .notJSON(error)
        }
        guard found.isObject else { throw .notAnObject }
        guard let reply = found.reply ?? (isEmptyObject(body) ? ofEmptyObject : nil) else { throw .noKnownField }
        return Decoded(reply, unrecognized: reader.unrecognized)
    }

    private static func isEmptyObject(_ body: [UInt8]) -> Bool {
        body.lazy.filter { $0 > UInt8(ascii: " ") }.elementsEqual("{}".utf8)
    }

    private static func readBody(
        from reader: inout ReplyReader
    ) throws(JSONSyntaxError) -> (isObject: Bool, reply: Self?) {
        let isInArray = mayStandInArray && reader.json.beginArray()
        let isEmptyArray = isInArray ? try !reader.json.hasNextElement() : false
        let isObject = !isEmptyArray && reader.json.beginObject()
        var reply: Self?
        if isObject {
            reply = try read(from: &reader)
        } else if !isEmptyArray {
            try reader.json.skip()
        }
        if isInArray && !isEmptyArray {
            while try reader.json.hasNextElement() {
                guard reader.json.beginObject() else {
                    try reader.json.skip()
                    continue
                }
                guard let next = try read(from: &reader) else { continue }
                if reply == nil { reply = next } else { reply?.add(next) }
            }
        }
        try reader.json.end()
        return (isObject, reply)
    }
}
