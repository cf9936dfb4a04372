/// The labels of the sample that is being written, in an encoder's form.
struct SampleLabels {
    var bytes: [UInt8] = []
    /// Of the family's own labels.
    var count = 0
    /// The label values that the samples of a group begin with.
    var leadingValues: [String] = []
    /// Where those end in ``bytes``, and how many they are; `nil` where others stand there.
    private var leading: (end: Int, count: Int)?

    /// What stands there now are the ``leadingValues`` and no others.
    mutating func keepLeading() {
        leading = (bytes.count, count)
    }

    /// Goes back to where the leading values end.
    ///
    /// - Returns: `false` where others stand there: they have to be written first.
    mutating func rewind() -> Bool {
        guard let leading else { return false }
        bytes.removeLast(bytes.count - leading.end)
        count = leading.count
        return true
    }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        count = 0
        leading = nil
    }
}
