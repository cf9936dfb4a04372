import Testing

@testable import Curl

struct ResponseHeadTests {
    private func fields(_ lines: String...) -> [String] {
        var head = ResponseHead()
        for line in lines { take(line.utf8, &head) }
        return head.fields.map { "\($0.name)=\($0.value)" }
    }

    private func take(_ line: some BidirectionalCollection<UInt8>, _ head: inout ResponseHead) {
        let fits = head.append(line)
        #expect(fits)
    }

    private func refuse(_ line: some BidirectionalCollection<UInt8>, _ head: inout ResponseHead) {
        let fits = head.append(line)
        #expect(!fits)
    }

    @Test("Names are in lower case, values without blanks, in the order received")
    func order() {
        #expect(
            fields("HTTP/1.1 200 OK\r\n", "B: 1 \r\n", "a:2\r\n", "B:\t3 4\r\n", "empty:\r\n", "\r\n")
                == ["b=1", "a=2", "b=3 4", "empty="]
        )
    }

    @Test("Only the final response counts")
    func interim() {
        #expect(
            fields(
                "HTTP/1.1 100 Continue\r\n",
                "\r\n",
                "HTTP/1.1 103 Early Hints\r\n",
                "link: x\r\n",
                "\r\n",
                "HTTP/2 200 \r\n",
                "a: 1\r\n",
                "\r\n"
            ) == ["a=1"]
        )
    }

    @Test("Trailers are left out, whatever they look like")
    func trailers() {
        #expect(fields("HTTP/1.1 200\r\n", "a: 1\r\n", "\r\n", "b: 2\r\n", "HTTP/1.1 500: x\r\n", "\r\n") == ["a=1"])
    }

    @Test("A folded line goes on with its value, a line without a colon is left out")
    func oddities() {
        #expect(
            fields("HTTP/1.1 200 OK\n", " lost\n", "a: 1\n", "\t2\n", "nonsense\n", "b: 3", "\n") == ["a=1 2", "b=3"]
        )
    }

    @Test("Bytes that are not UTF-8 do no harm")
    func bytes() {
        var head = ResponseHead()
        take("HTTP/1.1 200 OK\r\n".utf8, &head)
        take([0x61, 0x3A, 0xFF, 0x0D, 0x0A], &head)
        #expect(head.fields.map(\.value) == ["\u{FFFD}"])
    }

    @Test("The limit counts all lines, trailers and interim responses too")
    func limit() {
        var head = ResponseHead()
        let line = "HTTP/1.1 100 Continue\r\n".utf8
        for _ in 0..<(ResponseHead.maximumBytes / line.count) { take(line, &head) }
        refuse(line, &head)
        head.reset()
        take(line, &head)
        refuse([UInt8](repeating: 0x61, count: ResponseHead.maximumBytes), &head)
    }
}
