extension Schedule {
    /// A target to be asked now.
    package struct Poll: Sendable, Hashable {
        package var target: Int
        /// Whether it waited for the budget, or comes at an interval that was stretched for it, more than by thrift.
        package var isDelayed: Bool
    }
}
