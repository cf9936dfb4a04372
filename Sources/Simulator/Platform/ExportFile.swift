/// The file of an export: rows of utterances, as many as its size needs.
struct ExportFile: Sendable, Hashable {
    let begin: [UInt8]
    /// One or more.
    let row: [UInt8]
    let rows: Int
    let end: [UInt8]
    let contentType: String

    /// - Parameter size: At least, in bytes.
    init(_ type: ExportJob.FileType, size: Int) {
        switch type {
        case .csv:
            begin = Array("Utterance,Intent\r\n".utf8)
            row = Array("what is my balance,Check balance\r\n".utf8)
            end = []
            contentType = "text/csv; charset=utf-8"
        case .json:
            begin = Array("[{}".utf8)
            row = Array(",{\"utterance\":\"what is my balance\",\"intent\":\"Check balance\"}".utf8)
            end = Array("]\n".utf8)
            contentType = "application/json"
        }
        rows = max(1, (size - begin.count - end.count + row.count - 1) / row.count)
    }

    var count: Int { begin.count + rows * row.count + end.count }
}
