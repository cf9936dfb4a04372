extension Schedule {
    /// The intervals of a target.
    package struct Rhythm: Sendable, Hashable {
        /// Between two polls of a quiet target.
        package var quiet: Duration
        /// Between two polls of a target that is training or exporting.
        package var active: Duration

        package init(quiet: Duration, active: Duration) {
            self.quiet = quiet
            self.active = active
        }
    }
}
