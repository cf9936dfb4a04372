import Model
import Testing

@testable import KoreAI

struct ShownReplyTests {
    private func shown(_ body: String, token: String = "the.token") -> String {
        ShownReply.text(of: Array(body.utf8), token: Secret(token))
    }

    @Test("a reply is shown one member a line, in its order")
    func members() {
        let text = shown(#"{"status":"Finished","n":[1,null,true,{"_id":"ds-1"}],"b":{}}"#)
        #expect(
            text == """
                {
                  "status": "Finished"
                  "n": [
                    1
                    null
                    true
                    {
                      "_id": "ds-1"
                    }
                  ]
                  "b": {
                  }
                }
                """
        )
    }

    @Test(
        "tokens, secrets and links are not shown, wherever and however they are written",
        arguments: [
            #"{"downloadURL":"HIDDEN"}"#, #"{"clientSecret":{"a":["HIDDEN"]}}"#, #"{"accessToken":12345678HIDDEN}"#,
            #"{"x":"see https:\/\/host\/HIDDEN now"}"#, #"{"x":"\u0068ttps://host/HIDDEN"}"#,
            #"{"x":"eyJhbGciOiJIUzI1NiJ9.HIDDEN"}"#, #"{"x":"your token HIDDEN was refused"}"#,
            #"{"https://host/HIDDEN":1}"#, #"{"x": ["a", "b HIDDEN"]"#, "<a href='https://host/HIDDEN'>",
            "auth: eyJhbGciOiJIUzI1NiJ9.HIDDEN", "you sent HIDDEN",
        ]
    )
    func secrets(body: String) {
        let text = shown(body, token: "HIDDEN")
        #expect(!text.contains("HIDDEN"), "\(text)")
        #expect(text.contains("<redacted>"))
    }

    @Test("what is not JSON, nothing, too much and too deep is shown by how it begins")
    func others() {
        #expect(shown("") == "(no body)")
        #expect(shown("<html>\n<b>down</b>") == "(18 bytes that are not JSON) <html> <b>down</b>")
        let long = shown("[" + String(repeating: "1,", count: 100_000) + "1]")
        #expect(long.hasSuffix("\n(more)"))
        #expect(long.utf8.count < 4000)
        let deep = shown(String(repeating: "[", count: 50_000) + String(repeating: "]", count: 50_000))
        #expect(deep.contains("[…]"))
        #expect(deep.utf8.count < 10_000)
    }
}
