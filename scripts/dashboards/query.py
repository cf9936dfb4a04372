"""Runs every query of the dashboards on a Prometheus that scrapes the demo. Run by `make dashboard-test`.

With the variables at All, every query must give data before a deadline; with several and with one value each, for each
value that the demo has, none may fail, and for one of them each must give data. Queries that are rightly empty for the
demo are in dashboards/exceptions.yml, with the reason; they must not fail either. What comes must also fit its panel:
legends name labels that are there, timelines have a name for each value, tables have their columns.
"""

import math
import os
import pathlib
import re
import signal
import sys
import time

import yaml

import model
import prometheus

RANGE = 600  # seconds that the dashboards show
DEADLINE = 240  # seconds for the demo to show what it has
EMPTY = yaml.safe_load(pathlib.Path("dashboards/exceptions.yml").read_text())["empty"]
LONG_AGO = 1.5e9  # 2017
FALLBACK = " or vector(0)"


def seconds(duration: str) -> int:
    return int(duration[:-1]) * {"s": 1, "m": 60, "h": 3600}[duration[-1]]


class Run:
    """One dashboard with one choice of variables."""

    def __init__(self, server, dashboard, chosen: dict):
        self.server, self.dashboard, self.chosen = server, dashboard, chosen

    def results(self, query) -> list:
        """The series of a query, asked as Grafana asks."""
        end = time.time()
        start = end - RANGE
        panel = query.panel or {}
        points = panel.get("maxDataPoints", 100 if query.kind == "annotation" else 600)
        least = seconds(panel.get("interval", f"{60 if query.kind == 'annotation' else prometheus.SCRAPE_INTERVAL}s"))
        step = max(least, math.ceil(RANGE / points))
        values = self.chosen | {
            "__interval": f"{step}s",
            "__rate_interval": f"{max(step + least, 4 * least)}s",
            "__range": f"{RANGE}s",
        }
        expression = query.expression
        if query.kind == "variable":
            form = model.LABEL_VALUES.fullmatch(expression)
            selector = model.interpolate(form["selector"], values)
            return self.server.label_values(form["label"], selector, start, end)
        # A count that is 0 where nothing is shows nothing of whether it can count.
        expression = expression.removesuffix(FALLBACK)
        return self.server.query(model.interpolate(expression, values), query.instant, start, end, step)


def choices(server, dashboard) -> dict:
    """The choices of variables to try, by what they are called: All, all values one by one, and each value alone."""
    every = {v["name"]: v.get("allValue") for v in dashboard.query_variables()}
    known = {}
    for variable in dashboard.query_variables():
        form = model.LABEL_VALUES.fullmatch(variable["query"]["query"])
        selector = form["selector"].split("{")[0]
        values = server.label_values(form["label"], selector, time.time() - RANGE, time.time())
        known[variable["name"]] = [value for value in values if value]
    # Where only one value can be chosen, each stands for All in its turn.
    single = [name for name, value in every.items() if value is None]
    bases = [every]
    for name in single:
        bases = [base | {name: (value,)} for base in bases for value in known[name]]
    named = {f"All {suffix(base)}".strip(): base for base in bases}
    several = {name: values for name, values in known.items() if name not in single}
    named |= {f"several {suffix(base)}".strip(): base | several for base in bases}
    for base in bases:
        for name, values in known.items():
            for value in values:
                if name not in single:
                    named[f"{name} {value} {suffix(base)}".strip()] = base | {name: [value]}
    return named


def suffix(base: dict) -> str:
    return " ".join(f"{name}={value[0]}" for name, value in base.items() if isinstance(value, tuple))


def misfits(query, results: list):
    """What of the results does not fit the panel."""
    if query.kind == "variable" or not results:
        return
    if query.kind == "annotation":
        values = [float(value) / 1000 for series in results for _, value in series["values"]]
        if query.annotation["useValueForTime"] and any(not LONG_AGO < value < time.time() + 1 for value in values):
            yield "a mark is not at a time of the last years, in milliseconds"
        return
    labels = set().union(*(series["metric"] for series in results))
    for label in re.findall(r"{{(\w+)}}", query.target["legendFormat"]):
        if label not in labels:
            yield f"the legend names {label}, which no series has"
    if query.target["format"] == "time_series" and query.target["legendFormat"] != "__auto":
        legends = [
            re.sub(r"{{(\w+)}}", lambda match: series["metric"].get(match[1], ""), query.target["legendFormat"])
            for series in results
        ]
        if len(set(legends)) < len(legends):
            yield "several series have one name"
    mappings = query.panel["fieldConfig"]["defaults"].get("mappings")
    if mappings:
        values = {value for series in results for _, value in series.get("values", [series.get("value")])}
        for value in values - mappings[0]["options"].keys():
            yield f"the value {value} has no name"


def missing_columns(query, results: list):
    if not results or query.kind != "panel" or query.panel["type"] != "table":
        return
    labels = set().union(*(series["metric"] for series in results)) | {"Value"}
    for override in query.panel["fieldConfig"]["overrides"]:
        name = override["matcher"]["options"]
        if name not in labels:
            yield f"no row has the column {name}"


def excused(query) -> bool:
    return any(entry["dashboard"] == query.dashboard and entry["query"] == query.name for entry in EMPTY)


def check_all(server, dashboards, deadline: float) -> list:
    """What is wrong with the variables at All: asked again until nothing is, or until the deadline."""
    waiting = [(dashboard, query) for dashboard in dashboards for query in dashboard.queries()]
    while True:
        left, found = [], []
        every = {dashboard.uid: choices(server, dashboard) for dashboard in dashboards}
        for dashboard, query in waiting:
            query.dashboard = dashboard.path.name
            runs = [
                Run(server, dashboard, chosen).results(query)
                for name, chosen in every[dashboard.uid].items()
                if name.startswith("All")
            ]
            problems = {problem for results in runs for problem in misfits(query, results)}
            problems |= set(missing_columns(query, sum(runs, [])))
            if not any(runs) and not excused(query):
                problems = {"gives nothing"}
            if problems:
                left.append((dashboard, query))
            found += [f"{dashboard.path.name}: {query.kind} {query.name}: All: {problem}" for problem in problems]
        waiting = left
        if not waiting or time.time() > deadline:
            return found
        time.sleep(2)


def check_choices(server, dashboard):
    """What is wrong with every other choice of variables, and how often queries were asked for it."""
    found, asked = [], 0
    every = choices(server, dashboard)
    for query in dashboard.queries():
        query.dashboard = dashboard.path.name
        where = f"{dashboard.path.name}: {query.kind} {query.name}"
        answered = {}
        # All comes first and last: what the demo shows only for a while must not look like a choice that gives nothing.
        for name, chosen in [*every.items(), *((f"still {n}", c) for n, c in every.items() if n.startswith("All"))]:
            kind = name.split()[0]
            asked += 1
            try:
                answered[kind] = bool(Run(server, dashboard, chosen).results(query)) or answered.get(kind, False)
            except ValueError as error:
                found.append(f"{where}: {name}: {error}")
        if answered.get("All") and answered.get("still"):
            found += [f"{where}: no choice of {kind} gives anything" for kind, given in answered.items() if not given]
    return found, asked


def main():
    # So that Prometheus is stopped too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    dashboards = model.load()
    target = os.environ["DEMO_URL"].removeprefix("http://")
    with prometheus.running(target) as server:
        deadline = time.time() + DEADLINE
        while not server.get("query", query="koreai_poll_up")["result"]:
            time.sleep(0.5)
        found, asked = check_all(server, dashboards, deadline), 0
        for dashboard in dashboards:
            problems, queries = check_choices(server, dashboard)
            found += problems
            asked += queries
        for problem in found:
            print(problem, file=sys.stderr)
        total = sum(len(list(dashboard.queries())) for dashboard in dashboards)
        print(f"{total} queries, asked {asked} times with other variables: {len(found)} problems")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
