import NIOPosix

/// The lines of standard input.
enum InputLines {
    static var all: AsyncStream<String> {
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        NIOThreadPool.singleton.submit { _ in
            while let line = readLine() { continuation.yield(line) }
            continuation.finish()
        }
        return lines
    }
}
