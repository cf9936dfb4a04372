"""Checks the dashboards against the rules that dashboard-linter and pint document, and a few of our own.

Run by `make dashboard-check`. Exceptions, and why, are in dashboards/exceptions.yml; one that nothing needs is an error.
"""

import pathlib
import subprocess
import sys
import tempfile

import yaml

import dashboard_rules
import model
import panel_rules
import query_rules
from known import Known
from round_trip import differences

RULES = dashboard_rules.RULES + panel_rules.RULES + query_rules.RULES
EXCEPTIONS = yaml.safe_load(pathlib.Path("dashboards/exceptions.yml").read_text())


def main():
    dashboards = model.load()
    findings = list(rule_findings(dashboards)) + list(prometheus_findings(dashboards))
    findings += list(round_trip_findings(dashboards)) + list(provisioning_findings())
    for finding in findings:
        print(finding, file=sys.stderr)
    queries = sum(len(list(dashboard.queries())) for dashboard in dashboards)
    panels = sum(len(dashboard.panels) for dashboard in dashboards)
    print(f"{len(dashboards)} dashboards, {panels} panels, {queries} queries, {len(RULES)} rules: {len(findings)} findings")
    sys.exit(1 if findings else 0)


def rule_findings(dashboards):
    known = Known()
    used = set()
    for rule in RULES:
        for dashboard in dashboards:
            for where, what in rule(dashboard, known, dashboards):
                excused = False
                for index, exception in enumerate(EXCEPTIONS["rules"]):
                    if fits(exception, rule, dashboard, where, what):
                        used.add(index)
                        excused = True
                if not excused:
                    yield f"{dashboard.path.name}: {rule.__name__}: {where}: {what}"
    for index, exception in enumerate(EXCEPTIONS["rules"]):
        if index not in used:
            yield f"exceptions.yml: nothing needs the exception {exception}"


def fits(exception, rule, dashboard, where, what):
    return (
        exception["rule"] == rule.__name__
        and exception.get("dashboard", dashboard.path.name) == dashboard.path.name
        and exception.get("where", where) == where
        and exception.get("what", "") in what
    )


def prometheus_findings(dashboards):
    """Prometheus' own parser reads every query, as a recording rule."""
    rules = [
        {"record": f"query_{index}", "expr": model.interpolate(text, model.INTERVALS | dict.fromkeys(dashboard.variables, "x"))}
        for dashboard in dashboards
        for index, (_, text, _) in enumerate(query_rules.query_trees(dashboard))
    ]
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
        yaml.safe_dump({"groups": [{"name": f"query {index}", "rules": [rule]} for index, rule in enumerate(rules)]}, file)
        file.flush()
        result = subprocess.run(
            [".build/tools/usr/bin/promtool", "check", "rules", file.name], capture_output=True, text=True
        )
    if result.returncode != 0:
        yield f"promtool check rules: {result.stdout}{result.stderr}"


def round_trip_findings(dashboards):
    excused = {entry["path"]: entry for entry in EXCEPTIONS["round_trip"]}
    used = set()
    for dashboard in dashboards:
        for path, what in differences(dashboard):
            entry = excused.get(path)
            if entry and what.startswith(entry["what"]):
                used.add(path)
            else:
                yield f"{dashboard.path.name}: round trip: {path}: {what}"
    for path in excused.keys() - used:
        yield f"exceptions.yml: the round trip needs no exception for {path}"


def provisioning_findings():
    folder = model.FOLDER / "provisioning"
    for name, key in (("dashboards", "providers"), ("datasources", "datasources")):
        files = list((folder / name).glob("*.yml"))
        if not files:
            yield f"{folder / name}: no file"
        for file in files:
            content = yaml.safe_load(file.read_text())
            if content.get("apiVersion") != 1 or not content.get(key):
                yield f"{file}: no apiVersion 1, or no {key}"


main()
