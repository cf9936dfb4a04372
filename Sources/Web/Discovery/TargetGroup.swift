/// An entry of the answer of HTTP service discovery.
///
/// Source: <https://prometheus.io/docs/prometheus/latest/http_sd/>.
struct TargetGroup: Encodable {
    let targets: [String]
    let labels: [String: String]

    /// - Parameter host: Of the exporter, as the one who asks reaches it.
    init(_ target: ProbeTarget, host: String) {
        targets = [host]
        var labels = [
            "__metrics_path__": "/probe", "__param_bot": target.bot, "__meta_koreai_bot": target.bot,
            "__meta_koreai_bot_id": target.id,
        ]
        for (name, value) in target.labels { labels["__meta_koreai_label_" + name] = value }
        self.labels = labels
    }
}
