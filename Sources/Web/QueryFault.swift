/// A query that cannot be answered, and what it may have.
struct QueryFault: Error, Equatable {
    let message: String
}
