"""Runs every panel on a real Prometheus in six situations, and holds what each tile shows against what is so.

Run by `make dashboard-test`. In all of them Prometheus also scrapes a foreign job, and other pods in the exporters' job;
all series have labels of a site. With `--write` it writes the table of docs/dashboards.md, which must be what is shown.
"""

import math
import pathlib
import re
import sys
import time

import fleet
import model
from known import Known
from lib.process import run_in_folder
from situation import Situation, situated
from tiles import Screen

ONE = [fleet.Exporter()]
# The second one began to watch the same bots six hours ago.
TWO = [fleet.Exporter(), fleet.Exporter("koreai-1:9876", "koreai-1", since=6 * 3600)]
# Of down: the last sample is older than Prometheus looks back.
DOWN = [fleet.Exporter(until=345)]
SITUATIONS = {
    "with rules": lambda now: Situation(fleet.troubled(now), ONE),
    "without rules": lambda now: Situation(fleet.troubled(now), ONE, rules=False),
    "exporter down": lambda now: Situation(fleet.troubled(now), DOWN),
    "two exporters": lambda now: Situation(fleet.troubled(now), TWO),
    "all well": lambda now: Situation(fleet.healthy(now), ONE),
    "no exporter": lambda now: Situation(fleet.healthy(now), []),
}
BOT = "drift"  # on the dashboard of one bot: it has most problems
AHEAD = 30  # seconds that it may take to write the past and to start Prometheus
MANY = 1000
LONG_AGO = 1.5e9  # 2017
PAGE = pathlib.Path("docs/dashboards.md")
BEGIN, END = "<!-- What each tile shows: written by make dashboard-tiles -->\n", "<!-- end -->\n"


def run(_folder: str) -> int:
    dashboards, known = model.load(), Known()
    findings = list(unknown_families(known))
    seen = {}
    for name, situation in SITUATIONS.items():
        seen[name] = shown(situation, dashboards)
        print(f"{name}: {sum(len(panels) for panels in seen[name].values())} panels")
        findings += [f"{name}: {finding}" for finding in misfits(seen[name], dashboards)]
    findings += [*same(seen, dashboards), *truth(seen, dashboards), *never_shown(seen, dashboards), *many(dashboards)]
    text = "".join(tables(seen, dashboards))
    print(text)
    findings += written(text)
    for finding in findings:
        print(finding, file=sys.stderr)
    print(f"{len(findings)} findings")
    return 1 if findings else 0


def shown(situation, dashboards) -> dict:
    """What each panel shows, by dashboard and title."""
    now = float(math.ceil(time.time()) + AHEAD)
    with situated(situation(now)) as server:
        time.sleep(max(0, now - time.time()))
        return {
            dashboard.uid: {
                panel["title"]: screen.show(panel)
                for screen in [Screen(server, dashboard, {"bot": (BOT,)} if is_of_a_bot(dashboard) else {})]
                for panel in dashboard.panels
            }
            for dashboard in dashboards
        }


def is_of_a_bot(dashboard):
    return not dashboard.variables.get("bot", {"multi": True})["multi"]


def unknown_families(known):
    """The fleets show what the exporter shows: its families with their labels."""
    for make in (fleet.troubled, fleet.healthy):
        for name, labels in make(0).series:
            own = {label for label, _ in labels}
            if name not in known.types:
                yield f"fleet.py: docs/metrics.md has no {name}"
            elif own != known.labels[name] and name != "koreai_bot_info":
                yield f"fleet.py: {name} has the labels {own}, and {known.labels[name]} in docs/metrics.md"


def misfits(panels_of, dashboards):
    """What no panel may show in any situation."""
    for dashboard in dashboards:
        for panel in dashboard.panels:
            each = panels_of[dashboard.uid][panel["title"]]
            where = f"{dashboard.uid}: {panel['title']}"
            queries = [query for query in dashboard.queries() if query.panel is panel]
            for query, results in zip(queries, each.results, strict=True):
                yield from (f"{where} {query.target['refId']}: {what}" for what in misfits_of(query, results))
            if len(set(each.lines)) < len(each.lines):
                yield f"{where}: shows the same twice: {each.lines}"


def misfits_of(query, results: list):
    """What of a query's results does not fit its panel."""
    for labels in (series["metric"] for series in results):
        if "shop-" in labels.get("instance", "") or labels.get("job") == "shop":
            yield f"shows a series of another job: {labels}"
    if query.kind == "annotation":
        moments = [float(value) / 1000 for series in results for _, value in series["values"]]
        if any(not LONG_AGO < moment < time.time() + 60 for moment in moments):
            yield "a mark is not at a time of the last years, in milliseconds"
        return
    if query.panel["type"] == "stat" and len(results) > 1:
        yield "a tile has several values"
    if query.target["format"] == "time_series" and query.target["legendFormat"] != "__auto":
        names = [
            re.sub(r"{{(\w+)}}", lambda match: series["metric"].get(match[1], ""), query.target["legendFormat"])  # noqa: B023
            for series in results
        ]
        if len(set(names)) < len(names):
            yield f"several series have one name: {names}"
    mappings = query.panel["fieldConfig"]["defaults"].get("mappings", [])
    if mappings and query.panel["type"] == "state-timeline":
        values = {value for series in results for _, value in series["values"]}
        yield from (f"the value {value} has no name" for value in values - mappings[0]["options"].keys())


def same(seen, dashboards):
    """Rules change nothing; and two exporters that watch the same bots show what one shows of them."""
    for dashboard in dashboards:
        for panel in dashboard.panels:
            others = ["without rules"] + (["two exporters"] if "bot" in dashboard.variables and dashboard.path.stem == "overview" else [])
            first = comparable(panel, seen["with rules"][dashboard.uid][panel["title"]])
            for name in others:
                other = comparable(panel, seen[name][dashboard.uid][panel["title"]])
                if other != first:
                    yield f"{name}: {dashboard.uid}: {panel['title']}: {other}, not {first}"


def comparable(panel, each):
    """What two looks at one truth have in common: of a graph the names, as its last point lies at a round time."""
    is_line = panel["type"] == "timeseries" and panel["fieldConfig"]["defaults"]["custom"]["drawStyle"] == "line"
    return [line.partition(":")[0] if is_line else line for line in each.lines or [each.text]]


def truth(seen, dashboards):
    """What is so, as fleet.py made it."""
    first = {dashboard.uid: [panel["title"] for panel in dashboard.first] for dashboard in dashboards}
    for name in ("exporter down", "no exporter"):
        for uid, titles in first.items():
            tiles = {title: seen[name][uid][title] for title in titles}
            kinds = {p["title"]: p["type"] for d in dashboards if d.uid == uid for p in d.first}
            yield from (
                f"{name}: {uid}: {title} is green, though nothing is known: {each.text}"
                for title, each in tiles.items() if "green" in each.colors and kinds[title] in ("stat", "table")
            )
            if not any("red" in each.colors for title, each in tiles.items() if kinds[title] == "stat"):
                yield f"{name}: {uid}: no tile is red"
    overview = {name: panels["koreai-overview"] for name, panels in seen.items()}
    for title, each in overview["all well"].items():
        if each.colors & {"red", "orange"} and title in first["koreai-overview"]:
            yield f"all well: {title} is not: {each.text}"
    for title in ("Published: failed", "Published: out of sync", "Publishes: failed", "Exports: failed", "No answer"):
        if overview["all well"][title].text != "None" or overview["all well"][title].colors != {"green"}:
            yield f"all well: {title}: {overview['all well'][title].text}"
    for name, title, text in (
        ("all well", "Needs attention", "Nothing needs attention."),
        ("with rules", "Trainings that ended", "Ended well: 7; Failed: 4"),
        ("with rules", "Exports that ended", "Ended well: 4; Failed: 1"),
        ("with rules", "Publishes that ended", "Ended well: 3; Failed: 1"),
        ("all well", "Trainings that ended", "Ended well: 6; Failed: 0"),
        ("exporter down", "Published: failed", "Not known"),
        ("exporter down", "Exporters down", "1"),
        ("no exporter", "Exporters down", "No exporter"),
    ):
        if overview[name][title].text != text:
            yield f"{name}: {title}: {overview[name][title].text!r}, not {text!r}"
    rows = overview["with rules"]["Needs attention"].lines
    problems = [row.split(" | ")[1] for row in rows]
    if len(set(problems)) < len(problems):
        yield f"with rules: a problem has several rows: {problems}"
    if not any("Not watched: exporter down | 10" in row for row in overview["exporter down"]["Needs attention"].lines):
        yield "exporter down: the table of problems does not say that ten bots are not watched"


def never_shown(seen, dashboards):
    """Every panel, and every override of a series, has something to show in one situation at least."""
    for dashboard in dashboards:
        for panel in dashboard.panels:
            every = [panels[dashboard.uid][panel["title"]] for panels in seen.values()]
            if not any(each.lines for each in every):
                yield f"{dashboard.uid}: {panel['title']} shows nothing in any situation"
            for index, target in enumerate(panel["targets"]):
                if not any(each.results[index] for each in every):
                    yield f"{dashboard.uid}: {panel['title']} {target['refId']} gives nothing in any situation"


def many(dashboards):
    """A thousand bots, a third of which have the same problem: one row, and an answer soon enough."""
    now = float(math.ceil(time.time()) + AHEAD)
    with situated(Situation(fleet.large(now, MANY), ONE, rules=False, past=1200, interval=30)) as server:
        for dashboard in dashboards:
            screen = Screen(server, dashboard)
            for panel in dashboard.panels:
                start = time.monotonic()
                each = screen.show(panel)
                if (took := time.monotonic() - start) > 20:
                    yield f"{MANY} bots: {dashboard.uid}: {panel['title']} took {took:.1f} s"
                if panel["title"] == "Needs attention" and not is_of_a_bot(dashboard):
                    print(f"{MANY} bots: {each.text}, in {took:.1f} s")
                    if [row.split(" | ")[1:3] for row in each.lines] != [["Published: training failed", str(-(-MANY // 3))]]:
                        yield f"{MANY} bots: the table of problems: {each.lines}"


def tables(seen, dashboards):
    """What each panel of the first screens shows, as Markdown."""
    names = list(SITUATIONS)
    for dashboard in dashboards:
        yield f"\n### {dashboard.json['title']}\n\n| panel | {' | '.join(names)} |\n|---|{'---|' * len(names)}\n"
        for panel in dashboard.first:
            cells = [cell(seen[name][dashboard.uid][panel["title"]]) for name in names]
            # The first column says it once where it is long.
            cells[1:] = ["as with rules" if each == cells[0] and len(each) > 30 else each for each in cells[1:]]
            yield f"| {panel['title']} | {' | '.join(cells)} |\n"


def cell(each) -> str:
    lines = each.lines or [each.text]
    color = f" ({', '.join(sorted(each.colors - {''}))})" if len(each.lines) <= 1 and "(" not in each.text and each.colors - {""} else ""
    return "<br>".join(line.replace(" | ", ", ") for line in lines) + color


def coarse(text: str) -> str:
    """The dashboards look once a minute, at whole minutes, for when an exporter was last up: DOWN is down for five to seven."""
    return re.sub(r"\b[5-7] min\b", "6 min", text)


def written(text: str) -> list:
    page = PAGE.read_text()
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    if "--write" in sys.argv:
        PAGE.write_text(before + BEGIN + text + "\n" + END + after)
        return []
    if coarse(page) != coarse(before + BEGIN + text + "\n" + END + after):
        return [f"{PAGE} has another table of what each tile shows: run make dashboard-tiles, and look at what changed"]
    return []


if __name__ == "__main__":
    sys.exit(run_in_folder(run))
