"""The rules that dashboards keep beyond Grafana's schema. Each gives (where, what is wrong) for what breaks it.

What the generator in mixin/dashboards makes true for every dashboard (ids, the grid, the data source) has no rule here.
Some rules are of Grafana's dashboard-linter and of Cloudflare's pint, as their documentation has them.
"""

import re

from model import INTERVALS, LABEL_VALUES, VARIABLE, labels, parsed, selectors

COUNTER_FUNCTIONS = {"rate", "increase", "irate", "resets"}
BUILT_IN = set(INTERVALS) | {"__url_time_range", "__data", "__field"}
# Cells of Grafana's grid that a screen of 1,080 lines shows, below the head of the page.
SCREEN = 22
SEVERITY_COLORS = {"critical": "dark-red", "warning": "semi-dark-orange", "info": "semi-dark-blue"}
GOOD = re.compile(r"green")
# Words of the names of metrics and in matchers by which a series tells of something that went wrong.
WRONG = re.compile(r'failures_total|failing|failed|throttled|unrecognized|out_of_sync|outcome!=')


def query_trees(dashboard):
    """Every query with its syntax tree; of a variable, that of the selector."""
    for query in dashboard.queries():
        text = query.expression
        if query.kind == "variable":
            text = LABEL_VALUES.fullmatch(text)["selector"]
        yield query, text, parsed(text, dashboard.variables)


def named(query):
    return f"{query.kind} {query.name}"


# Queries


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


def only_ours(dashboard, known, all_dashboards):
    """Every series is of the chosen exporters; and nothing else can be chosen, not even with All."""
    free = {"variable job": {"job", "instance"}, "variable instance": {"instance"}}
    for query, _, tree in query_trees(dashboard):
        for selector, _ in selectors(tree):
            given = {m.name for m in selector.matchers.matchers if m.value == "x" + m.name}
            for name in {"job", "instance"} - given - free.get(named(query), set()):
                yield named(query), f"{selector.name} has no matcher {name}=~\"${name}\": it may be another job's"
    for name in ("job", "instance"):
        variable = dashboard.variables.get(name, {})
        if "allValue" in variable or "(koreai_exporter_build_info" not in variable.get("query", {}).get("query", ""):
            yield f"variable {name}", "offers more than exporters: All must be those that have koreai_exporter_build_info"


def variables(dashboard, known, all_dashboards):
    """dashboard-linter: template-label-promql-rule. Each variable offers only what fits those before it, and is used."""
    expressions = " ".join(query.expression for query in dashboard.queries() if query.kind == "panel")
    before = []
    for variable in dashboard.query_variables():
        where, form = f"variable {variable['name']}", LABEL_VALUES.fullmatch(variable["query"]["query"])
        for name in before:
            if form is None or f"${name}" not in form["selector"]:
                yield where, f"does not depend on ${name}"
        if f"${variable['name']}" not in expressions:
            yield where, "no panel uses it"
        before.append(variable["name"])


def series(dashboard, known, all_dashboards):
    """pint: promql/series: metrics, and the labels of their matchers, are those of docs/metrics.md. A recording rule is
    none: a dashboard without its rules would be empty."""
    for query, _, tree in query_trees(dashboard):
        for selector, _ in selectors(tree):
            if selector.name not in known.types:
                yield named(query), f"{selector.name} is no metric of the exporter"
            for matcher in selector.matchers.matchers:
                if matcher.name not in known.labels.get(selector.name, set()) | {"job", "instance"}:
                    yield named(query), f"{selector.name} has no label {matcher.name}"


def grouping(dashboard, known, all_dashboards):
    """What a query groups or joins by is a label that its series have."""
    for query, text, tree in query_trees(dashboard):
        present = {"job", "instance", "le"} | set(re.findall(r'label_replace\([^"]*"(\w+)"', text))
        present |= set(re.findall(r'",\s*"(\w+)", "\$', text)) | set(re.findall(r'"(\w+)", "[^"]*", "\w*", "', text))
        for selector, _ in selectors(tree):
            present |= known.labels.get(selector.name, set())
        for group in re.findall(r"\b(?:by|on|ignoring|without) \(([^)]*)\)", text):
            for name in set(re.findall(r"\w+", group)) - present:
                yield named(query), f"groups by {name}, which no series of the query has"


def counters(dashboard, known, all_dashboards):
    """pint: promql/counter, promql/rate: a counter's own value says nothing, and only counters have a rate. A difference
    of two values says as much as a rate does."""
    for query, text, tree in query_trees(dashboard):
        for selector, calls in selectors(tree):
            kind = known.types.get(selector.name)
            differs = "last_over_time" in calls and " offset " in text or selector.name.endswith(("_sum", "_count"))
            if kind == "counter" and not COUNTER_FUNCTIONS & set(calls) and not differs and query.kind != "variable":
                yield named(query), f"{selector.name} is a counter without a rate"
            if kind != "counter" and COUNTER_FUNCTIONS & set(calls):
                yield named(query), f"{selector.name} is no counter and has no rate"


def whole_counts(dashboard, known, all_dashboards):
    """Counts are counts: `increase` extrapolates, so that it gives fractions, and windows of `$__rate_interval` overlap.
    Bars look back for just what lies between two of them."""
    for query, text, _ in query_trees(dashboard):
        if re.search(r"increase\(.*\[\$", text):
            yield named(query), "extrapolates a count over a window that changes"
        if query.panel is None:
            continue
        bars = query.panel["fieldConfig"]["defaults"].get("custom", {}).get("drawStyle") == "bars"
        if (bars or query.panel["type"] == "heatmap") and " offset $__interval)" not in text:
            yield named(query), "does not count what lies between two bars"


def regexps(dashboard, known, all_dashboards):
    """pint: promql/regexp: an equality where it is one, and no anchors."""
    for query, text, _ in query_trees(dashboard):
        for operator, value in re.findall(r'(=~|!~)"([^"]*)"', text):
            if not re.search(r"[$.*+?|()\[\]]", value):
                yield named(query), f'{operator}"{value}" is no regular expression'
            if value.startswith("^") or re.search(r"\$$", value):
                yield named(query), f'{operator}"{value}" is anchored already'


# Panels


def legends(dashboard, known, all_dashboards):
    """A legend names labels that the query gives."""
    for query, _, tree in query_trees(dashboard):
        if query.kind == "variable":
            continue
        text = query.target["legendFormat"] if query.target else query.annotation["titleFormat"] + query.annotation["textFormat"]
        for name in set(re.findall(r"{{(\w+)}}", text)) - labels(tree, known):
            yield named(query), f"its legend names {name}, which the query does not give"


def columns(dashboard, known, all_dashboards):
    """A table shows labels and values that its queries give, sorts by columns that it has, and links by labels that it
    shows."""
    for panel in tables(dashboard):
        given = set().union(*(labels(parsed(t["expr"], dashboard.variables), known) for t in panel["targets"]))
        given |= {"Value"} if len(panel["targets"]) == 1 else {f"Value #{target['refId']}" for target in panel["targets"]}
        names = [o["matcher"]["options"] for o in panel["fieldConfig"]["overrides"]]
        titles = {p["value"] for o in panel["fieldConfig"]["overrides"] for p in o["properties"] if p["id"] == "displayName"}
        where = f"panel {panel['title']}"
        for name in set(names) - given:
            yield where, f"its queries give no {name}"
        for sort in panel["options"].get("sortBy", []):
            if sort["displayName"] not in titles:
                yield where, f"sorts by {sort['displayName']}, which is no column"
        for name in set(re.findall(r"__data\.fields\.(\w+)", str(panel["fieldConfig"]))) - set(names):
            yield where, f"links by {name}, which is no column"


def tables(dashboard):
    return [panel for panel in dashboard.panels if panel["type"] == "table"]


def overrides(dashboard, known, all_dashboards):
    """Outside of tables, an override is of a series that a legend can name."""
    for panel in dashboard.panels:
        if panel["type"] == "table":
            continue
        legend_forms = [
            "".join(".*" if part.startswith("{{") else re.escape(part) for part in re.split(r"({{\w+}})", t["legendFormat"]))
            for t in panel["targets"]
        ]
        for override in panel["fieldConfig"]["overrides"]:
            matcher = override["matcher"]
            fits = [
                re.fullmatch(form, matcher["options"]) if matcher["id"] == "byName" else re.search(matcher["options"], example(t))
                for form, t in zip(legend_forms, panel["targets"], strict=True)
            ]
            if matcher["id"] in ("byName", "byRegexp") and not any(fits):
                yield f"panel {panel['title']}", f"overrides {matcher['options']}, which no legend gives"


def example(target):
    """A name that the legend may give. Labels are filled in with a status of HTTP, as the only ones that are matched."""
    return re.sub(r"{{\w+}}", "503", target["legendFormat"])


def said_empty(dashboard, known, all_dashboards):
    """Every panel says why it is empty where it is."""
    for panel in dashboard.panels:
        if not panel["fieldConfig"]["defaults"].get("noValue"):
            yield f"panel {panel['title']}", "does not say why it is empty (noValue)"


def unknown_is_not_good(dashboard, known, all_dashboards):
    """Nothing is green when nothing is known: what has no value has the colour of the base, and no zero is made up."""
    for query, text, tree in query_trees(dashboard):
        if re.search(r"\bvector\s*\(", text):
            yield named(query), "makes up a value: a zero needs a bot that was scraped"
    for panel in dashboard.panels:
        for thresholds in every_thresholds(panel):
            if GOOD.search(thresholds["steps"][0]["color"]):
                yield f"panel {panel['title']}", "is green where nothing is known"
        for mapping in every_mapping(panel):
            special = mapping["type"] == "special" and mapping["options"]["match"] in ("null", "nan", "null+nan", "empty")
            if special and GOOD.search(mapping["options"]["result"].get("color", "")):
                yield f"panel {panel['title']}", "is green where nothing is known"
        if panel["type"] == "stat" and "thresholds" not in panel["fieldConfig"]["defaults"]:
            yield f"panel {panel['title']}", "has Grafana's thresholds, which begin with green"


def every_thresholds(panel):
    defaults = panel["fieldConfig"]["defaults"].get("thresholds")
    columns = [p["value"] for o in panel["fieldConfig"]["overrides"] for p in o["properties"] if p["id"] == "thresholds"]
    return [thresholds for thresholds in [defaults, *columns] if thresholds]


def every_mapping(panel):
    yield from panel["fieldConfig"]["defaults"].get("mappings", [])
    for override in panel["fieldConfig"]["overrides"]:
        for property in override["properties"]:
            if property["id"] == "mappings":
                yield from property["value"]


def failures_are_not_green(dashboard, known, all_dashboards):
    """Grafana's palette begins with green: what went wrong has a colour of its own."""
    for panel in dashboard.panels:
        if panel["type"] != "timeseries":
            continue
        color = panel["fieldConfig"]["defaults"]["color"]
        for target in panel["targets"]:
            legend = target["legendFormat"]
            fixed = any(
                override["matcher"] == {"id": "byName", "options": legend}
                and any(p["id"] == "color" and not GOOD.search(p["value"].get("fixedColor", "green")) for p in override["properties"])
                for override in panel["fieldConfig"]["overrides"]
            )
            by_palette = color["mode"] not in ("shades", "fixed") or GOOD.search(color["fixedColor"])
            if WRONG.search(target["expr"]) and legend != "Ended well" and by_palette and not fixed:
                yield f"panel {panel['title']} {target['refId']}", "tells of failures in the palette's colours"


def thresholds(dashboard, known, all_dashboards):
    """A duration or share changes its colour at a number of an alert that the panel names, in the colour of its severity.
    0 and 1 are where nothing or something is wrong."""
    for panel in dashboard.panels:
        alerts = re.findall(r"\w+", panel["description"].partition("Alert")[2])
        for step in [step for each in every_thresholds(panel) for step in each["steps"][1:]]:
            value, color = step["value"], step["color"]
            if value in (0, 1):
                continue
            # Of a count, more than 5 is from 6 on.
            numbers = (value, value - 1) if panel["fieldConfig"]["defaults"]["unit"] == "short" else (value,)
            severities = {s for alert in alerts for number in numbers for s in known.severities(alert, float(number))}
            if not severities:
                yield f"panel {panel['title']}", f"the threshold {value} is of no alert that it names"
            elif color not in {SEVERITY_COLORS[severity] for severity in severities}:
                yield f"panel {panel['title']}", f"the threshold {value} is {color}, and the alerts there are {severities}"


# Dashboards


def first_screen(dashboard, known, all_dashboards):
    """One screen says what matters; the rest is collapsed, so that its queries are asked only once they are wanted."""
    for panel in dashboard.first:
        if panel["gridPos"]["y"] + panel["gridPos"]["h"] > SCREEN:
            yield f"panel {panel['title']}", "is below the first screen and in no collapsed row"
    for row in dashboard.rows:
        if row.get("collapsed") is not True:
            yield f"row {row['title']}", "is not collapsed"
    titles = [panel["title"] for panel in dashboard.panels]
    for title in sorted({title for title in titles if titles.count(title) > 1}):
        yield f"panel {title}", "several panels have this title"


def all_links(dashboard):
    yield from dashboard.json["links"]
    for panel in dashboard.panels:
        yield from panel.get("links", [])
        for override in panel["fieldConfig"]["overrides"]:
            for property in override["properties"]:
                if property["id"] == "links":
                    yield from property["value"]


def links(dashboard, known, all_dashboards):
    """Every link leads to a dashboard or a runbook that exists, and every alert that a panel names exists."""
    uids = {other.uid for other in all_dashboards}
    tags = {tag for other in all_dashboards for tag in other.json["tags"]}
    for link in all_links(dashboard):
        where, url = f"link {link['title']}", link.get("url", "")
        if link.get("type") == "dashboards":
            if not set(link["tags"]) <= tags:
                yield where, f"no dashboard has the tags {link['tags']}"
        elif url.startswith("/d/"):
            if re.split(r"[/?]", url)[2] not in uids:
                yield where, f"no dashboard has the uid of {url}"
            for name in re.findall(r"var-(\w+)=", url):
                if not any(name in other.variables for other in all_dashboards):
                    yield where, f"no dashboard has the variable {name}"
        elif page := re.search(r"/(\w+)\.md$", url):
            if page[1] not in known.alerts or page[1] not in known.runbooks:
                yield where, f"{url} is of no alert, or docs/runbooks has no page for it"
    for panel in dashboard.panels:
        for name in re.findall(r"\w+", panel["description"].partition(" Alert")[2].removeprefix("s")):
            if name not in known.alerts:
                yield f"panel {panel['title']}", f"names the alert {name}, which does not exist"


RULES = [
    promql_syntax, only_ours, variables, series, grouping, counters, whole_counts, regexps, legends, columns, overrides,
    said_empty, unknown_is_not_good, failures_are_not_green, thresholds, first_screen, links,
]
