"""What queries and links of dashboards may name: metrics, recording rules, alerts, runbooks."""

import pathlib
import re

import yaml

HISTOGRAM_SERIES = ("_bucket", "_sum", "_count")
# Made by Prometheus itself.
OF_PROMETHEUS = {
    "up": "gauge",
    "scrape_duration_seconds": "gauge",
    "scrape_samples_scraped": "gauge",
    "ALERTS": "gauge",
    "ALERTS_FOR_STATE": "gauge",
}


class Known:
    def __init__(self):
        # The type and labels of every series, of the exporter's table of metrics.
        self.types = dict(OF_PROMETHEUS)
        self.labels = {}
        row = re.compile(r"^\| `(\w+)` \| (\w+) \| (.*?) \| .* \|$", re.MULTILINE)
        for name, kind, labels in row.findall(pathlib.Path("docs/metrics.md").read_text()):
            names = set(re.findall(r"`(\w+)`", labels))
            series = [name + end for end in HISTOGRAM_SERIES] if kind == "histogram" else [name]
            for each in series:
                self.types[each] = "counter" if kind == "histogram" else kind
                self.labels[each] = names | ({"le"} if each.endswith("_bucket") else set())
        for rule in self.rules("alerts/recording-rules.yml"):
            self.types[rule["record"]] = "recorded"
        # The expressions of each alert's rules; an alert may have one for each severity.
        self.alerts = {}
        for rule in self.rules("alerts/alerting-rules.yml"):
            self.alerts.setdefault(rule["alert"], []).append(rule)
        self.runbooks = {path.stem for path in pathlib.Path("docs/runbooks").glob("*.md")}

    @staticmethod
    def rules(path):
        return [rule for group in yaml.safe_load(pathlib.Path(path).read_text())["groups"] for rule in group["rules"]]

    def alert_numbers(self, alert):
        """The numbers that an alert's expressions compare with and its `for`, in seconds where they are durations."""
        numbers = set()
        for rule in self.alerts[alert]:
            numbers |= {float(number) for number in re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.:\]])", rule["expr"])}
            numbers.add(seconds(rule.get("for", "0s")))
        return numbers


def seconds(duration):
    units = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
    return float(sum(int(count) * units[unit] for count, unit in re.findall(r"(\d+)([smhdw])", duration)))
