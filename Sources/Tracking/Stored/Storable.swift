/// A value that is kept in a store as numbered fields.
///
/// The numbers and what they mean are an interface between versions of the exporter: a field gets a new number, a
/// number is never used for something else, and a field that is missing has the value it had before it existed.
protocol Storable {
    func write(to writer: inout FieldWriter)
    init(from reader: FieldReader) throws(StoredFormError)
}
