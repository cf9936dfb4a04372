import Testing

@testable import Web

struct QueryParametersTests {
    @Test("names and values are decoded, and what cannot be is taken as it is")
    func decoding() {
        let query = QueryParameters("name%5B%5D=a+b&name[]=%C3%A9&bot=1%2B1&empty=&bare&=x&wrong=%ff%2&twice=1=2")
        #expect(query.values("name[]") == ["a b", "é"])
        #expect(query["bot"] == "1+1")
        #expect(query["empty"] == "")
        #expect(query["bare"] == "")
        #expect(query["wrong"] == "%ff%2")
        #expect(query["twice"] == "1=2")
        #expect(query["missing"] == nil)
        #expect(QueryParameters("")["a"] == nil)
    }
}
