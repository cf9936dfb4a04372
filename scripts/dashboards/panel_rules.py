"""The rules that panels keep. Each gives (where, what is wrong) for what breaks it.

Most are rules of Grafana's dashboard-linter, as its documentation has them.
"""

import itertools
import re

from grafana_foundation_sdk.models import units

from dashboard_rules import alert_of
from model import DATASOURCE

KINDS = {"stat", "timeseries", "state-timeline", "heatmap", "table"}
UNITS = {value for name, value in vars(units).items() if isinstance(value, str) and not name.startswith("__")}


def unique_ids(dashboard, known, all_dashboards):
    ids = [panel["id"] for panel in dashboard.json["panels"]]
    for identifier in sorted({i for i in ids if ids.count(i) > 1}):
        yield f"id {identifier}", "several panels have it"
    titles = [panel["title"] for panel in dashboard.panels]
    for title in sorted({t for t in titles if titles.count(t) > 1}):
        yield f"panel {title}", "several panels have this title"


def grid(dashboard, known, all_dashboards):
    """Panels stay on the grid and do not overlap."""
    def covers(place, other):
        return (
            place["x"] < other["x"] + other["w"]
            and other["x"] < place["x"] + place["w"]
            and place["y"] < other["y"] + other["h"]
            and other["y"] < place["y"] + place["h"]
        )

    for panel in dashboard.json["panels"]:
        place = panel["gridPos"]
        if place["x"] < 0 or place["x"] + place["w"] > 24 or place["w"] < 1 or place["h"] < 1 or place["y"] < 0:
            yield f"panel {panel['title']}", f"is off the grid: {place}"
    for panel, other in itertools.combinations(dashboard.json["panels"], 2):
        if covers(panel["gridPos"], other["gridPos"]):
            yield f"panel {panel['title']}", f"overlaps {other['title']}"


def panel_title_description(dashboard, known, all_dashboards):
    """dashboard-linter: panel-title-description-rule."""
    for panel in dashboard.panels:
        if not panel.get("title") or not panel.get("description"):
            yield f"panel {panel.get('title') or panel['id']}", "no title or no description"


def panel_units(dashboard, known, all_dashboards):
    """dashboard-linter: panel-units-rule."""
    for panel in dashboard.panels:
        if panel["type"] not in KINDS:
            yield f"panel {panel['title']}", f"is of the kind {panel['type']}, which no rule knows"
        named = [panel["fieldConfig"]["defaults"].get("unit")]
        named += [p["value"] for o in panel["fieldConfig"]["overrides"] for p in o["properties"] if p["id"] == "unit"]
        for unit in named:
            if unit not in UNITS:
                yield f"panel {panel['title']}", f"its unit is {unit}, which Grafana does not know"


def datasources(dashboard, known, all_dashboards):
    """dashboard-linter: panel-datasource-rule; also of targets and annotations."""
    named = [(f"panel {panel['title']}", panel) for panel in dashboard.panels]
    named += [(f"panel {q.name}", q.target) for q in dashboard.queries() if q.kind == "panel"]
    named += [(f"annotation {annotation['name']}", annotation) for annotation in dashboard.annotations]
    for where, holder in named:
        if holder.get("datasource") != DATASOURCE:
            yield where, "does not use the variable of the data source"


def targets(dashboard, known, all_dashboards):
    for panel in dashboard.panels:
        ids = [target["refId"] for target in panel["targets"]]
        if not ids or len(set(ids)) < len(ids):
            yield f"panel {panel['title']}", "no targets, or several with one refId"
        for target in panel["targets"]:
            if target["format"] == "time_series" and not target.get("legendFormat"):
                yield f"panel {panel['title']} {target['refId']}", "no legend"


def threshold_values(panel):
    """Every number at which a panel changes its colour, by the name of its column or nothing."""
    defaults = panel["fieldConfig"]["defaults"].get("thresholds")
    columns = [p["value"] for o in panel["fieldConfig"]["overrides"] for p in o["properties"] if p["id"] == "thresholds"]
    return [
        step["value"]
        for thresholds in [defaults, *columns]
        if thresholds
        for step in thresholds["steps"]
        if step["value"] is not None
    ]


def thresholds(dashboard, known, all_dashboards):
    """A panel changes its colour at 1, where one is too many or all is well, or at a number of the alerts that it links
    to."""
    for panel in dashboard.panels:
        linked = [alert for link in panel.get("links", []) if (alert := alert_of(link["url"], known))]
        numbers = set().union(*(known.alert_numbers(alert) for alert in linked))
        for value in threshold_values(panel):
            if value != 1 and value not in numbers:
                yield f"panel {panel['title']}", f"the threshold {value} is of no alert that it links to: {linked}"


def columns(dashboard, known, all_dashboards):
    """A table shows labels that its query gives, sorts by columns that it has, and links by labels that it shows."""
    for panel in dashboard.panels:
        if panel["type"] != "table":
            continue
        names = [o["matcher"]["options"] for o in panel["fieldConfig"]["overrides"]]
        text = " ".join(target["expr"] for target in panel["targets"])
        given = set(re.findall(r"\w+", text)) | {"Value"}
        titles = {p["value"] for o in panel["fieldConfig"]["overrides"] for p in o["properties"] if p["id"] == "displayName"}
        for name in names:
            if name not in given and "ALERTS" not in text:
                yield f"panel {panel['title']}", f"its query gives no {name}"
        for sort in panel["options"].get("sortBy", []):
            if sort["displayName"] not in titles:
                yield f"panel {panel['title']}", f"sorts by {sort['displayName']}, which is no column"
        for name in re.findall(r"__data\.fields\.(\w+)", str(panel["fieldConfig"])):
            if name not in names:
                yield f"panel {panel['title']}", f"links by {name}, which is no column"


RULES = [
    unique_ids,
    grid,
    panel_title_description,
    panel_units,
    datasources,
    targets,
    thresholds,
    columns,
]
