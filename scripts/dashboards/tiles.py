"""What Grafana makes of a panel: the queries that it asks, and the text and colour of what it shows.

It follows Grafana's display processor, merge transformation and Prometheus data source as far as these dashboards use
them.
"""

import dataclasses
import math
import re
import time

import model
from situation import TICK

RANGE = 24 * 3600  # seconds that the dashboards show
SCRAPE_INTERVAL = TICK  # as the data source in Grafana is told
# The meanings of mixin/dashboards/lib/style.libsonnet.
MEANINGS = {
    "super-light-green": "green", "super-light-blue": "light blue", "semi-dark-blue": "blue", "semi-dark-orange": "orange",
    "dark-red": "red", "#6e7480": "grey", "transparent": "",
}


@dataclasses.dataclass
class Shown:
    """What a panel shows. `lines` are the rows of a table or the series of a graph, and empty where it has none."""

    text: str
    colors: set
    lines: list
    results: list


class Screen:
    """One dashboard on one Prometheus, with the variables at All, or at what is chosen."""

    def __init__(self, server, dashboard, chosen: dict | None = None, span: int = RANGE):
        self.server, self.dashboard, self.span = server, dashboard, span
        self.end = time.time()
        self.values = self.variables(chosen or {})

    def variables(self, chosen: dict) -> dict:
        """As Grafana fills them in: each from what fits those before it."""
        values: dict = {}
        for variable in self.dashboard.query_variables():
            name = variable["name"]
            if name in chosen:
                value = chosen[name]
            elif "allValue" in variable:
                value = variable["allValue"]
            else:
                options = self.options(variable, values)
                value = options if variable["multi"] else (options[0] if options else "",)
            values[name] = value
        return values

    def options(self, variable: dict, values: dict) -> list:
        form = model.LABEL_VALUES.fullmatch(variable["query"]["query"])
        selector = model.interpolate(form["selector"], values)
        found = self.server.get(
            f"label/{form['label']}/values", **{"match[]": selector}, start=self.end - self.span, end=self.end)
        return [value for value in found if value]

    def ask(self, query) -> list:
        """The series of a query of a panel or an annotation."""
        panel = query.panel or {}
        points = panel.get("maxDataPoints", 100 if query.kind == "annotation" else 600)
        least = model.seconds(panel.get("interval", "60s" if query.kind == "annotation" else f"{SCRAPE_INTERVAL}s"))
        step = rounded(max(least, self.span / points))
        expression = model.interpolate(query.expression, self.values | {
            "__interval": f"{step}s", "__rate_interval": f"{max(step + SCRAPE_INTERVAL, 4 * SCRAPE_INTERVAL)}s",
            "__range": f"{self.span}s",
        })
        if query.instant:
            return self.server.query(expression, time=self.end)
        start, end = (moment // step * step for moment in (self.end - self.span, self.end))
        return self.server.query_range(expression, start, end, step)

    def show(self, panel: dict) -> Shown:
        queries = [query for query in self.dashboard.queries() if query.panel is panel]
        results = [self.ask(query) for query in queries]
        return {"stat": stat, "table": table}.get(panel["type"], graph)(panel, queries, results)


def rounded(seconds: float) -> int:
    """As Grafana's `roundInterval` does, of those intervals that occur here."""
    for limit, step in (
        (12, 10), (17.5, 15), (25, 20), (45, 30), (90, 60), (210, 120), (450, 300), (750, 600), (1050, 900), (1500, 1200),
        (2700, 1800), (5400, 3600),
    ):
        if seconds < limit:
            return step
    return 7200


def stat(panel: dict, queries: list, results: list) -> Shown:
    defaults = panel["fieldConfig"]["defaults"]
    values = [float(series["value"][1]) for result in results for series in result]
    if not values:
        color = defaults["thresholds"]["steps"][0]["color"]
        return Shown(defaults["noValue"], {MEANINGS[color]}, [], results)
    shown = [display(defaults, value) for value in values]
    return Shown(", ".join(text for text, _ in shown), {color for _, color in shown}, [text for text, _ in shown], results)


def display(field: dict, value) -> tuple:
    """The text and the meaning of the colour of one value, of a field's configuration."""
    text, color = None, None
    for mapping in field.get("mappings", []):
        key = number(value) if isinstance(value, float) else value
        if result := mapping["options"].get(key):
            text, color = result["text"], result.get("color")
    if text is None:
        text = formatted(value, field.get("unit", "none")) if isinstance(value, float) else value
    if color is None:
        steps = field.get("thresholds", {"steps": []})["steps"]
        fitting = [s for s in steps if s["value"] is None or isinstance(value, float) and value >= s["value"]]
        color = fitting[-1]["color"] if fitting else "transparent"
    return text, MEANINGS[color]


def number(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.3g}"


def formatted(value: float, unit: str) -> str:
    if math.isnan(value):
        return "NaN"
    if unit == "s":
        for size, name in ((86400, "d"), (3600, "h"), (60, "min")):
            if value >= size:
                return f"{value // size:.0f} {name}"
        return f"{value:.0f} s" if value >= 1 or value == 0 else "under 1 s"
    if unit == "percentunit":
        return f"{value * 100:.3g} %"
    if unit == "bytes":
        return f"{value / 1e6:.3g} MB"
    return number(value)


def table(panel: dict, queries: list, results: list) -> Shown:
    columns = {o["matcher"]["options"]: {p["id"]: p["value"] for p in o["properties"]} for o in panel["fieldConfig"]["overrides"]}
    if not any(results):
        return Shown(panel["fieldConfig"]["defaults"]["noValue"], set(), [], results)
    rows: dict = {}
    shared = set.intersection(*({label for series in result for label in series["metric"]} for result in results if result))
    for query, result in zip(queries, results, strict=True):
        name = "Value" if len(queries) == 1 else f"Value #{query.target['refId']}"
        for series in result:
            labels = {label: value for label, value in series["metric"].items() if label != "__name__"}
            key = tuple(sorted((label, value) for label, value in labels.items() if label in shared))
            rows.setdefault(key if len(queries) > 1 else tuple(sorted(labels.items())), {}).update(
                labels | {name: float(series["value"][1])})
    listed = list(rows.values())
    for sort in reversed(panel["options"].get("sortBy", [])):
        key = next(name for name, column in columns.items() if column["displayName"] == sort["displayName"])
        listed.sort(key=lambda row: sortable(row.get(key)), reverse=sort["desc"])  # noqa: B023
    lines, colors = [], set()
    for row in listed:
        cells = []
        for name, column in (columns or {name: {} for name in sorted(row) if name != "Value"}).items():
            if name not in row:
                cells.append("·")
            else:
                text, color = display(panel["fieldConfig"]["defaults"] | {"thresholds": {"steps": []}} | column, row[name])
                cells.append(text + (f" ({color})" if color else ""))
                colors.add(color)
        lines.append(" | ".join(cells))
    return Shown("; ".join(lines), colors - {""}, lines, results)


def sortable(value) -> tuple:
    return (0, 0.0, "") if value is None else (1, value, "") if isinstance(value, float) else (1, 0.0, value)


def graph(panel: dict, queries: list, results: list) -> Shown:
    """Of bars and heatmaps the sums; of what else is drawn over time the last values."""
    if not any(results):
        return Shown(panel["fieldConfig"]["defaults"]["noValue"], set(), [], results)
    defaults = panel["fieldConfig"]["defaults"]
    counts = defaults.get("custom", {}).get("drawStyle") == "bars" or panel["type"] == "heatmap"
    lines, colors = [], set()
    for query, result in zip(queries, results, strict=True):
        for series in result:
            name = re.sub(r"{{(\w+)}}", lambda m: series["metric"].get(m[1], ""), query.target["legendFormat"])  # noqa: B023
            name = re.sub(r" +", " ", name).strip()
            overrides = {
                p["id"]: p["value"] for o in panel["fieldConfig"]["overrides"] for p in o["properties"]
                if (o["matcher"]["options"] == name if o["matcher"]["id"] == "byName" else re.fullmatch(o["matcher"]["options"], name))
            }
            values = [float(value) for _, value in series["values"]]
            # The unit of a heatmap is that of its axis.
            keys = ("mappings",) if panel["type"] == "heatmap" else ("mappings", "unit")
            field = {key: defaults[key] for key in keys if key in defaults}
            text, color = display(field, sum(values) if counts else values[-1])
            if defaults.get("color", {}).get("mode") == "shades":
                color = MEANINGS[defaults["color"]["fixedColor"]]
            if "color" in overrides:
                color = MEANINGS[overrides["color"]["fixedColor"]]
            colors.add(color)
            lines.append(f"{overrides.get('displayName', name)}: {text}")
    return Shown("; ".join(sorted(lines)), colors - {""}, sorted(lines), results)
