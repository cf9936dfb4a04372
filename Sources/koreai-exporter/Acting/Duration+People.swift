import Settings

extension Duration {
    /// For people, no finer than they need: `0s`, `2m31s`, `3h20m`, `1d5h`.
    var forPeople: String {
        let seconds = max(0, Int64((self / .seconds(1)).rounded()))
        let unit: Int64 = seconds >= 86_400 ? 3600 : seconds >= 3600 ? 60 : 1
        return Duration.seconds(seconds / unit * unit).prometheusText
    }
}
