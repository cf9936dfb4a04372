"""Checks the dashboards against Grafana's schema, our rules, and how people see colours. Run by `make dashboard-check`.

What the schema adds or loses, and why that is well, is in dashboards/exceptions.yml; an exception that nothing needs is an
error.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import yaml

import colors
import model
import rules
import schema
from known import Known
from lib.prometheus import PROMTOOL

EXCEPTIONS = yaml.safe_load(pathlib.Path("dashboards/exceptions.yml").read_text())


def main():
    dashboards, known = model.load(), Known()
    findings = [
        f"{dashboard.path.name}: {rule.__name__}: {where}: {what}"
        for rule in rules.RULES
        for dashboard in dashboards
        for where, what in rule(dashboard, known, dashboards)
    ]
    findings += [*prometheus_findings(dashboards), *schema_findings(dashboards), *color_findings()]
    findings += [f"exceptions.yml: docs/metrics.md has {name} now: it is not announced any more" for name in known.arrived]
    for finding in dict.fromkeys(findings):
        print(finding, file=sys.stderr)
    queries = sum(len(list(dashboard.queries())) for dashboard in dashboards)
    panels = sum(len(dashboard.panels) for dashboard in dashboards)
    print(f"{len(dashboards)} dashboards, {panels} panels, {queries} queries: {len(findings)} findings")
    sys.exit(1 if findings else 0)


def prometheus_findings(dashboards):
    """Prometheus' own parser reads every query, as a recording rule."""
    texts = [
        model.interpolate(text, model.INTERVALS | dict.fromkeys(dashboard.variables, "x"))
        for dashboard in dashboards
        for _, text, _ in rules.query_trees(dashboard)
    ]
    groups = [{"name": f"query {n}", "rules": [{"record": f"query_{n}", "expr": text}]} for n, text in enumerate(texts)]
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
        yaml.safe_dump({"groups": groups}, file)
        file.flush()
        result = subprocess.run(
            [PROMTOOL, "check", "rules", file.name], capture_output=True, text=True
        )
    if result.returncode != 0:
        yield f"promtool check rules: {result.stdout}{result.stderr}"


def schema_findings(dashboards):
    excused = {entry["path"]: entry for entry in EXCEPTIONS["round_trip"]}
    used = set()
    for dashboard in dashboards:
        for path, what in schema.differences(dashboard):
            entry = excused.get(path)
            if entry and what.startswith(entry["what"]):
                used.add(path)
            else:
                yield f"{dashboard.path.name}: schema: {path}: {what}"
    for path in sorted(excused.keys() - used):
        yield f"exceptions.yml: the schema needs no exception for {path}"


def color_findings():
    """Every two meanings are told apart by everybody, in both of Grafana's themes."""
    meanings = json.loads(subprocess.check_output(
        ["jsonnet", "--exec", "(import 'mixin/dashboards/lib/style.libsonnet').colors"], text=True))
    print("How well two colours are told apart (CAM02-UCS), at worst:")
    for distance, one, other, theme, sight in colors.distances(meanings):
        print(f"  {distance:5.1f}  {one} ({meanings[one]}), {other} ({meanings[other]}): {theme} theme, {sight}")
        if distance < colors.LEAST:
            yield f"colours: {one} and {other} are {distance:.1f} apart with {sight} in the {theme} theme: less than {colors.LEAST}"


if __name__ == "__main__":
    main()
