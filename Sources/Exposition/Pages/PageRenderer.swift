/// Renders and compresses, and counts what it did.
final class PageRenderer {
    private let deflater = Deflater()
    private(set) var work = RenderingWork()

    /// - Parameter text: Made only here, so that what is counted is what was done.
    func part<Block: ByteBlock>(_ coding: ContentCoding, revision: UInt64, _ text: () -> [UInt8]) -> ReadyPart<Block> {
        let text = text()
        work.renderedBytes += text.count
        switch coding {
        case .identity:
            return ReadyPart(revision: revision, length: text.count, content: .plain(Block(copying: text)))
        case .gzip:
            work.compressedBytes += text.count
            let segment = deflater.segment(of: text)
            return ReadyPart(
                revision: revision,
                length: text.count,
                content: .compressed(segment, Checksum(of: text))
            )
        }
    }
}
