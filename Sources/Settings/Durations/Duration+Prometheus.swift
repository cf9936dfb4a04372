extension Duration {
    /// The duration as Prometheus writes it, `1m30s`, to the millisecond. See ``PrometheusDuration/format(_:)``.
    package var prometheusText: String {
        PrometheusDuration.format(self)
    }
}
