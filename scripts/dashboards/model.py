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
        # Those that are seen at once, and those of collapsed rows.
        self.first = [p for p in self.json["panels"] if p["type"] != "row"]
        self.panels = self.first + [p for row in self.rows for p in row["panels"]]

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
        if name.isdigit():  # a group of label_replace
            return match[0]
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


def seconds(duration: str) -> float:
    return int(duration[:-1]) * {"s": 1, "m": 60, "h": 3600, "d": 86400}[duration[-1]]


def parsed(expression, variables):
    """The syntax tree of a query with all its variables filled in."""
    return promql.parse(interpolate(expression, INTERVALS | {name: f"x{name}" for name in variables}))


def selectors(tree, calls=()):
    """Every (vector selector, names of the functions around it)."""
    if isinstance(tree, promql.VectorSelector):
        yield tree, calls
    elif isinstance(tree, promql.MatrixSelector):
        yield tree.vector_selector, calls
    elif isinstance(tree, promql.Call):
        for argument in tree.args:
            yield from selectors(argument, calls + (tree.func.name,))
    elif isinstance(tree, promql.BinaryExpr):
        yield from selectors(tree.lhs, calls)
        yield from selectors(tree.rhs, calls)
    elif hasattr(tree, "expr"):
        yield from selectors(tree.expr, calls)


def labels(tree, known):
    """The labels that the series of a query can have, but for a site's own: those of the metrics in it, and those that it
    makes. A label that an aggregation drops, or that no metric in it has, is not among them."""
    match tree:
        case promql.VectorSelector():
            return {"job", "instance"} | known.labels.get(tree.name, set())
        case promql.MatrixSelector():
            return labels(tree.vector_selector, known)
        case promql.AggregateExpr():
            inner = labels(tree.expr, known)
            if str(tree.op) in ("topk", "bottomk"):
                return inner
            named = set(tree.modifier.labels) if tree.modifier else set()
            without = tree.modifier is not None and tree.modifier.type == promql.AggModifierType.Without
            return inner - named if without else inner & named
        case promql.Call() if tree.func.name == "label_replace":
            return labels(tree.args[0], known) | {tree.args[1].val}
        case promql.Call() if tree.func.name == "absent":
            return set()
        case promql.Call():
            found = set().union(*(labels(argument, known) for argument in tree.args))
            return found - {"le"} if tree.func.name == "histogram_quantile" else found
        case promql.BinaryExpr():
            return labels_of_operation(tree, known)
    return labels(tree.expr, known) if hasattr(tree, "expr") else set()


def labels_of_operation(tree, known):
    left, right = labels(tree.lhs, known), labels(tree.rhs, known)
    if str(tree.op) == "or":
        return left | right
    if is_scalar(tree.lhs):
        return right
    if str(tree.op) in ("and", "unless") or is_scalar(tree.rhs) or tree.modifier is None or tree.modifier.matching is None:
        return left
    named = set(tree.modifier.matching.labels)
    if str(tree.modifier.card).endswith("OneToOne"):
        included = tree.modifier.matching.type == promql.LabelModifierType.Include
        return left & named if included else left - named
    return left | set(tree.modifier.group_labels or [])


def is_scalar(tree):
    match tree:
        case promql.ParenExpr():
            return is_scalar(tree.expr)
        case promql.BinaryExpr():
            return is_scalar(tree.lhs) and is_scalar(tree.rhs)
        case promql.Call():
            return tree.func.name == "time"
    return isinstance(tree, promql.NumberLiteral)
