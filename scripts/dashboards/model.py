"""What the checks want to know of a Grafana dashboard: its panels, its queries, and their variables as Grafana fills
them in."""

import dataclasses
import json
import pathlib
import re

import promql_parser as promql

DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}
FOLDER = pathlib.Path("dashboards")
# ${name}, ${name:format}, $name and [[name]], as Grafana's template service reads them.
VARIABLE = re.compile(r"\$(\w+)|\$\{(\w+)(?:\.[^:^}]+)?(?::([^}]+))?\}")
LABEL_VALUES = re.compile(r"label_values\((?:(?P<selector>.+),\s*)?(?P<label>\w+)\)")


@dataclasses.dataclass
class Query:
    """One query: of a panel's target, of a variable or of an annotation."""

    kind: str  # panel, variable or annotation
    name: str  # "Needs attention A", "bot", "Reloads"
    expression: str
    instant: bool = False
    panel: dict | None = None
    target: dict | None = None
    annotation: dict | None = None
    dashboard: str = ""


class Dashboard:
    def __init__(self, path: pathlib.Path, content: dict):
        self.path = path
        self.json = content
        self.uid = self.json["uid"]
        self.variables = {v["name"]: v for v in self.json["templating"]["list"]}
        self.annotations = self.json["annotations"]["list"]
        self.rows = [p for p in self.json["panels"] if p["type"] == "row"]
        self.panels = [p for p in self.json["panels"] if p["type"] != "row"]

    def queries(self):
        for panel in self.panels:
            for target in panel["targets"]:
                name = f"{panel['title']} {target['refId']}"
                yield Query("panel", name, target["expr"], target.get("instant", False), panel, target)
        for annotation in self.annotations:
            yield Query("annotation", annotation["name"], annotation["expr"], annotation=annotation)
        for variable in self.query_variables():
            yield Query("variable", variable["name"], variable["query"]["query"])

    def query_variables(self):
        return [v for v in self.variables.values() if v["type"] == "query"]


def load():
    return [Dashboard(path, json.loads(path.read_text())) for path in sorted(FOLDER.glob("*.json"))]


def interpolate(expression, values):
    """Fills in variables as Grafana does for Prometheus.

    values: text for what is to stand there as it is, such as `$__interval` or the value of a variable's `All`; a list
    for the chosen values of a variable with several; a tuple of one for a variable with one.
    """

    def replaced(match):
        name = match.group(1) or match.group(2)
        if name not in values:
            raise KeyError(f"${name} is no variable of the dashboard")
        value = values[name]
        if isinstance(value, str):
            return value
        if isinstance(value, tuple):
            return value[0].replace("\\", "\\\\").replace('"', '\\"')
        # prometheusSpecialRegexEscape of Grafana's data source.
        escaped = [re.sub(r"[$^*{}\[\]'+?.()|]", r"\\\\\g<0>", v.replace("\\", "\\\\\\\\")) for v in value]
        return escaped[0] if len(escaped) == 1 else "(" + "|".join(escaped) + ")"

    return VARIABLE.sub(replaced, expression)


# Values that stand for any in a check that does not run the query.
INTERVALS = {"__rate_interval": "1m", "__interval": "15s", "__range": "6h"}


def parsed(expression, variables):
    """The syntax tree of a query with all its variables filled in."""
    return promql.parse(interpolate(expression, INTERVALS | {name: f"x{name}" for name in variables}))


def selectors(tree, calls=()):
    """Every (vector selector, range in seconds or None, names of the functions around it)."""
    if isinstance(tree, promql.VectorSelector):
        yield tree, None, calls
    elif isinstance(tree, promql.MatrixSelector):
        yield tree.vector_selector, tree.range.total_seconds(), calls
    elif isinstance(tree, promql.Call):
        for argument in tree.args:
            yield from selectors(argument, calls + (tree.func.name,))
    elif isinstance(tree, promql.AggregateExpr):
        yield from selectors(tree.expr, calls)
    elif isinstance(tree, promql.BinaryExpr):
        yield from selectors(tree.lhs, calls)
        yield from selectors(tree.rhs, calls)
    elif isinstance(tree, (promql.ParenExpr, promql.UnaryExpr, promql.SubqueryExpr)):
        yield from selectors(tree.expr, calls)
