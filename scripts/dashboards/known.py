"""What queries and links of dashboards may name: metrics, alerts, runbooks. Recording rules are not among them: the
dashboards work without."""

import pathlib
import re

import yaml

HISTOGRAM_SERIES = ("_bucket", "_sum", "_count")
# Made by Prometheus itself.
OF_PROMETHEUS = {
    "up": "gauge",
    "scrape_duration_seconds": "gauge",
    "scrape_samples_scraped": "gauge",
}


class Known:
    def __init__(self):
        # The type and labels of every series, of the exporter's table of metrics.
        self.types = dict(OF_PROMETHEUS)
        self.labels = {}
        self.arrived = []
        row = re.compile(r"^\| `(\w+)` \| (\w+) \| (.*?) \| .* \|$", re.MULTILINE)
        served = {name: (kind, labels) for name, kind, labels in row.findall(pathlib.Path("docs/metrics.md").read_text())}
        for each in yaml.safe_load(pathlib.Path("dashboards/exceptions.yml").read_text())["announced"]:
            if each["metric"] in served:
                self.arrived.append(each["metric"])
            served.setdefault(each["metric"], (each["type"], each["labels"]))
        for name, (kind, labels) in served.items():
            names = set(re.findall(r"\w+", labels))
            series = [name + end for end in HISTOGRAM_SERIES] if kind == "histogram" else [name]
            for each in series:
                self.types[each] = "counter" if kind == "histogram" else kind
                self.labels[each] = names | ({"le"} if each.endswith("_bucket") else set())
        # The expressions of each alert's rules; an alert may have one for each severity.
        self.alerts = {}
        for rule in self.rules("alerts/alerting-rules.yml"):
            self.alerts.setdefault(rule["alert"], []).append(rule)
        self.records = {rule["record"]: rule["expr"] for rule in self.rules("alerts/recording-rules.yml")}
        self.runbooks = {path.stem for path in pathlib.Path("docs/runbooks").glob("*.md")}

    @staticmethod
    def rules(path):
        return [rule for group in yaml.safe_load(pathlib.Path(path).read_text())["groups"] for rule in group["rules"]]

    def whole(self, expr):
        """The expression with those of the recording rules that it names."""
        return " ".join([expr, *(self.records[name] for name in set(re.findall(r"\w+:\w+:\w+", expr)) if name in self.records)])

    def severities(self, alert, number):
        """The severities of the alert's rules that compare with the number, or have it as their `for`."""
        for rule in self.alerts.get(alert, []):
            numbers = {float(n) for n in re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.:\]])", self.whole(rule["expr"]))}
            if number in numbers | {seconds(rule.get("for", "0s"))}:
                yield rule["labels"]["severity"]


def seconds(duration):
    units = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
    return float(sum(int(count) * units[unit] for count, unit in re.findall(r"(\d+)([smhdw])", duration)))
