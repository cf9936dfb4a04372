/// Numbers of bytes for people.
enum ByteCount {
    /// Such as `812 B`, `1.4 KiB` or `200 MiB`.
    static func text(_ bytes: Int) -> String {
        var size = Double(bytes)
        for unit in ["B", "KiB", "MiB", "GiB"] {
            if size < 1000 || unit == "GiB" {
                let tenths = (size * 10).rounded() / 10
                let isWhole = unit == "B" || tenths >= 100 || tenths == tenths.rounded()
                return isWhole ? "\(Int(tenths.rounded())) \(unit)" : "\(tenths) \(unit)"
            }
            size /= 1024
        }
        return "\(bytes) B"
    }
}
