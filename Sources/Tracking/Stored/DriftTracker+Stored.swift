extension DriftTracker: Storable {
    func write(to writer: inout FieldWriter) {
        // Sorted, so that the same state is the same bytes.
        for (component, drift) in components.sorted(by: { $0.key < $1.key }) {
            writer.write(1) { writer in
                writer.write(1, component)
                writer.write(2, drift.inSync)
                writer.write(3, drift.isTold)
                if let since = drift.since { writer.write(4, since) }
                writer.write(5, drift.count)
            }
        }
    }

    init(from reader: FieldReader) throws(StoredFormError) {
        self.init()
        var reader = reader
        while let field = try reader.next() {
            guard field.number == 1 else { continue }
            let (component, drift) = try Self.drift(from: field.message())
            if components.count < Self.mostComponents {
                components[component] = drift
            }
        }
    }

    private static func drift(from reader: FieldReader) throws(StoredFormError) -> (String, Drift) {
        var component = ""
        var drift = Drift(inSync: true, isTold: false)
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: component = try field.string()
            case 2: drift.inSync = try field.bool()
            case 3: drift.isTold = try field.bool()
            case 4: drift.since = try field.timestamp()
            case 5: drift.count = try field.uint64()
            default: break
            }
        }
        return (component, drift)
    }
}
