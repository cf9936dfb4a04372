"""The rules that queries keep. Each gives (where, what is wrong) for what breaks it.

Most are rules of Grafana's dashboard-linter and of Cloudflare's pint, as their documentation has them.
"""

import re

from dashboard_rules import all_links
from model import INTERVALS, LABEL_VALUES, VARIABLE, parsed, selectors

COUNTER_FUNCTIONS = {"rate", "increase", "irate", "resets"}
BUILT_IN = set(INTERVALS) | {"__url_time_range", "__data", "__field"}


def query_trees(dashboard):
    """Every query with its syntax tree; of a variable, that of the selector."""
    for query in dashboard.queries():
        text = query.expression
        if query.kind == "variable":
            text = LABEL_VALUES.fullmatch(text)["selector"]
        yield f"{query.kind} {query.name}", text, parsed(text, dashboard.variables)


def promql_syntax(dashboard, known, all_dashboards):
    """dashboard-linter: target-promql-rule; pint: promql/syntax. Also finds variables that do not exist."""
    try:
        list(query_trees(dashboard))
    except (KeyError, ValueError) as error:
        yield "queries", str(error)
    texts = [str(link) for link in all_links(dashboard)]
    for name in {m.group(1) or m.group(2) for text in texts for m in VARIABLE.finditer(text)}:
        if name not in dashboard.variables and name not in BUILT_IN:
            yield "links", f"${name} is no variable of the dashboard"


def job_and_instance_matchers(dashboard, known, all_dashboards):
    """dashboard-linter: target-job-rule, target-instance-rule."""
    # In the order of the variables: that of the jobs is for all, that of the instances for the chosen jobs.
    free = {"variable job": {"job", "instance"}, "variable instance": {"instance"}}
    for where, text, tree in query_trees(dashboard):
        for selector, _, _ in selectors(tree):
            labels = {m.name for m in selector.matchers.matchers if m.value.startswith("x" + m.name)}
            for name in {"job", "instance"} - labels - free.get(where, set()):
                yield where, f"{selector.name} has no matcher {name}=~\"${name}\""


def rate_interval(dashboard, known, all_dashboards):
    """dashboard-linter: target-rate-interval-rule."""
    for where, text, tree in query_trees(dashboard):
        for window in re.findall(r"\[([^\]]+)\]", text):
            if window != "$__rate_interval":
                yield where, f"looks back for {window} instead of $__rate_interval"


def counters(dashboard, known, all_dashboards):
    """pint: promql/counter, promql/rate: a counter's own value says nothing, and only counters have a rate."""
    for where, text, tree in query_trees(dashboard):
        if where.startswith("variable"):
            continue
        for selector, _, calls in selectors(tree):
            kind = known.types.get(selector.name)
            if kind == "counter" and not COUNTER_FUNCTIONS & set(calls):
                yield where, f"{selector.name} is a counter without a rate"
            if kind != "counter" and COUNTER_FUNCTIONS & set(calls):
                yield where, f"{selector.name} is no counter and has no rate"


def series(dashboard, known, all_dashboards):
    """pint: promql/series: metrics, and the labels of their matchers, are those of docs/metrics.md and the rules."""
    everywhere = {"job", "instance"}
    for where, text, tree in query_trees(dashboard):
        for selector, _, _ in selectors(tree):
            if selector.name not in known.types:
                yield where, f"{selector.name} is no metric and no recording rule"
            for matcher in selector.matchers.matchers:
                labels = known.labels.get(selector.name)
                if labels is not None and matcher.name not in labels | everywhere:
                    yield where, f"{selector.name} has no label {matcher.name}"


def regexps(dashboard, known, all_dashboards):
    """pint: promql/regexp: an equality where it is one, and no anchors."""
    for where, text, tree in query_trees(dashboard):
        for operator, value in re.findall(r'(=~|!~)"([^"]*)"', text):
            if not re.search(r"[$.*+?|()\[\]]", value):
                yield where, f'{operator}"{value}" is no regular expression'
            if value.startswith("^") or re.search(r"\$$", value):
                yield where, f'{operator}"{value}" is anchored already'


def quantiles(dashboard, known, all_dashboards):
    """A histogram's quantiles and its heatmap need the label `le`."""
    for where, text, tree in query_trees(dashboard):
        for selector, _, _ in selectors(tree):
            if "_bucket" in selector.name and not re.search(r"by \([^)]*\ble\b[^)]*\)", text):
                yield where, f"{selector.name} loses its label le"


RULES = [
    promql_syntax,
    job_and_instance_matchers,
    rate_interval,
    counters,
    series,
    regexps,
    quantiles,
]
