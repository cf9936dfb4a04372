/// An error that ends a command with exit code 1 and one sentence on standard error.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ error: any Error) {
        description = String(describing: error)
    }

    init(_ description: String) {
        self.description = description
    }
}
