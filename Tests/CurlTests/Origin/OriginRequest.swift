/// A request as the test origin received it.
struct OriginRequest: Sendable {
    var method: String
    /// The request target as it stood in the request line.
    var target: String
    /// In the order received, names in lower case.
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
    /// `1.1` or `2.0`.
    var httpVersion: String
    /// Which of the origin's connections it came on, from 1.
    var connection: Int
    /// Which request of its connection it is, from 1.
    var number: Int

    /// All values of a header.
    func values(of name: String) -> [String] {
        headers.filter { $0.name == name }.map(\.value)
    }
}
