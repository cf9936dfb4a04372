extension SettingType where Value == Int {
    /// A whole number within bounds, without quotes.
    static func integer(_ bounds: ClosedRange<Int>) -> SettingType {
        let expected = "a whole number from \(bounds.lowerBound) to \(bounds.upperBound)"
        return SettingType(name: "integer") { value, key, reading in
            guard case .text(let text, let isPlain) = value.kind else {
                reading.refuse(value, of: key, expected: expected)
                return nil
            }
            guard let number = Self.decimal(text), bounds.contains(number) else {
                reading.refuse(value, of: key, expected: expected)
                return nil
            }
            guard isPlain else {
                reading.complain(at: value.mark, "`\(key)` must be a number, not a text; remove the quotes around it")
                return nil
            }
            return number
        }
    }

    /// A number of bytes: `1048576`, or with a unit of 1024, `1MiB`.
    static func bytes(_ bounds: ClosedRange<Int>) -> SettingType {
        let expected =
            "a size from \(sizeText(bounds.lowerBound)) to \(sizeText(bounds.upperBound)), such as `1MiB` or `1048576` (bytes)"
        return SettingType(name: "size") { value, key, reading in
            guard case .text(let text, _) = value.kind, let size = Self.size(text), bounds.contains(size) else {
                reading.refuse(value, of: key, expected: expected)
                return nil
            }
            return size
        }
    }

    private static let sizeUnits = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("", 1)]

    /// ASCII digits and nothing else, so that neither `+1` nor `1_000` nor `1e3` is read in a way of its own.
    private static func decimal(_ text: some StringProtocol) -> Int? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(text) : nil
    }

    private static func size(_ text: String) -> Int? {
        for (unit, factor) in sizeUnits where text.hasSuffix(unit) {
            guard let count = decimal(text.dropLast(unit.count)) else { return nil }
            let (size, isTooLarge) = count.multipliedReportingOverflow(by: factor)
            return isTooLarge ? nil : size
        }
        return nil
    }

    /// A size with the largest unit that leaves nothing over.
    static func sizeText(_ size: Int) -> String {
        for (unit, factor) in sizeUnits where size >= factor && size.isMultiple(of: factor) {
            return "\(size / factor)\(unit)"
        }
        return "\(size)"
    }
}
