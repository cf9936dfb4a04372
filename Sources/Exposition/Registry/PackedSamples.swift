/// Samples of numbers and counts, as most samples of a registry are, packed into few bytes.
///
/// Each sample is a byte of ``Flags``, eight bytes of value, eight of creation time if it has one, and its texts, each
/// after its length. Leading label values are left out if they are the group's.
struct PackedSamples: Sendable, Hashable {
    struct Flags: OptionSet {
        let rawValue: UInt8

        static let isCount = Flags(rawValue: 1)
        static let hasCreated = Flags(rawValue: 2)
        /// The sample's label values begin with the group's, which are left out.
        static let hasLeading = Flags(rawValue: 4)
    }

    /// A text within the packed bytes.
    typealias Text = Slice<UnsafeRawBufferPointer>

    /// Takes the parts of samples in order: for each sample its label values, its additional labels, and its value.
    protocol Reader {
        mutating func startSample(hasLeading: Bool)
        mutating func addLabelValue(_ value: Text)
        mutating func addLabel(_ name: Text, _ value: Text)
        mutating func endSample(number: Double)
        mutating func endSample(count: UInt64, created: Double?)
    }

    private let bytes: [UInt8]
    let count: Int

    /// - Returns: `nil` if a sample has a histogram or an exemplar.
    init?(_ samples: [Sample], leading: [String]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(samples.count * 32)
        for sample in samples {
            guard sample.exemplar == nil else { return nil }
            let hasLeading = sample.labelValues.starts(with: leading)
            var flags: Flags = hasLeading ? .hasLeading : []
            if sample.created != nil { flags.insert(.hasCreated) }
            let bits: UInt64
            switch sample.value {
            case .number(let number):
                bits = number.bitPattern
            case .count(let count):
                flags.insert(.isCount)
                bits = count
            case .histogram:
                return nil
            }
            bytes.append(flags.rawValue)
            bytes.append(littleEndian: bits)
            if let created = sample.created { bytes.append(littleEndian: created.bitPattern) }
            let values = sample.labelValues.dropFirst(hasLeading ? leading.count : 0)
            bytes.append(varint: UInt64(values.count))
            for value in values { bytes.append(text: value) }
            bytes.append(varint: UInt64(sample.additionalLabels.count))
            for label in sample.additionalLabels {
                bytes.append(text: label.name)
                bytes.append(text: label.value)
            }
        }
        self.bytes = bytes
        count = samples.count
    }

    func read(by reader: inout some Reader) {
        bytes.withUnsafeBytes { bytes in
            var cursor = Cursor(bytes: bytes)
            for _ in 0..<count {
                let flags = Flags(rawValue: cursor.byte())
                let bits = cursor.fixed()
                let created = flags.contains(.hasCreated) ? Double(bitPattern: cursor.fixed()) : nil
                reader.startSample(hasLeading: flags.contains(.hasLeading))
                for _ in 0..<cursor.varint() { reader.addLabelValue(cursor.text()) }
                for _ in 0..<cursor.varint() { reader.addLabel(cursor.text(), cursor.text()) }
                if flags.contains(.isCount) {
                    reader.endSample(count: bits, created: created)
                } else {
                    reader.endSample(number: Double(bitPattern: bits))
                }
            }
        }
    }

    /// Reads the bytes that ``init(_:leading:)`` wrote, and so need not check them.
    private struct Cursor {
        let bytes: UnsafeRawBufferPointer
        var position = 0

        mutating func byte() -> UInt8 {
            defer { position += 1 }
            return bytes[position]
        }

        mutating func fixed() -> UInt64 {
            defer { position += 8 }
            return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        }

        mutating func varint() -> Int {
            var value = 0
            var shift = 0
            while true {
                let byte = byte()
                value |= Int(byte & 0x7F) << shift
                if byte < 0x80 { return value }
                shift += 7
            }
        }

        mutating func text() -> Text {
            let length = varint()
            defer { position += length }
            return bytes[position..<position + length]
        }
    }
}
