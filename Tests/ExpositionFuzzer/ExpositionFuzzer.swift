import ExpositionReaders

/// Called by libFuzzer with bytes of its choice. Run by `make fuzz`.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    if let difference = RoundTrip(UnsafeBufferPointer(start: start, count: count)).difference() {
        // libFuzzer keeps the bytes that end the process.
        fatalError(difference)
    }
    return 0
}
