import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    private static let rowsPerPart = 1024

    /// The file of an export, part by part.
    ///
    /// - Parameter isBroken: Promises the whole file, sends half of it and breaks off.
    init(file: ExportFile, isBroken: Bool) {
        var headers = HTTPFields()
        headers[.contentType] = file.contentType
        self.init(
            status: .ok,
            headers: headers,
            body: ResponseBody(contentLength: file.count) { writer in
                let part = ByteBuffer(bytes: Array(repeating: file.row, count: Self.rowsPerPart).joined())
                try await writer.write(ByteBuffer(bytes: file.begin))
                var left = isBroken ? file.rows / 2 : file.rows
                while left > 0 {
                    let rows = min(left, Self.rowsPerPart)
                    try await writer.write(part.getSlice(at: 0, length: rows * file.row.count) ?? part)
                    left -= rows
                }
                if isBroken { throw ChannelError.eof }
                try await writer.write(ByteBuffer(bytes: file.end))
                try await writer.finish(nil)
            }
        )
    }
}
