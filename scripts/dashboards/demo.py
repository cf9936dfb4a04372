"""Runs every query of the dashboards on a Prometheus that scrapes the real exporter of the demo. Run by
`make dashboard-test`.

With the variables at All, at all values one by one, and at each value alone, no query may fail, and what comes must fit its
panel. Prometheus also scrapes a foreign job; nothing of it may come. What each panel shows is the matter of situations.py.
"""

import contextlib
import os
import pathlib
import sys
import time

import model
from fleet import Exporter
from lib.process import run_in_folder
from situation import FOREIGN, FOREIGN_METRICS, configuration, running, served, wait_for_scrapes
from situations import is_of_a_bot, misfits_of
from tiles import Screen

SPAN = 600  # seconds that the dashboards show
HISTORY = 40  # seconds that the demo is scraped before anything is asked


def run(folder: str) -> int:
    dashboards = model.load()
    found, asked = set(), 0
    with contextlib.ExitStack() as stack:
        foreign = stack.enter_context(
            served(lambda: {(name, ()): value for name, value in FOREIGN_METRICS.items()}))
        scrapes = [(os.environ["DEMO_URL"].removeprefix("http://"), Exporter().labels)]
        scrapes += [(foreign.address, labels) for labels in FOREIGN]
        server = stack.enter_context(
            running(configuration(pathlib.Path(folder), scrapes, rules=True, interval=1), pathlib.Path(folder)))
        wait_for_scrapes(server, len(scrapes))
        time.sleep(HISTORY)
        for dashboard in dashboards:
            for chosen in choices(server, dashboard):
                screen = Screen(server, dashboard, chosen, span=SPAN)
                for query in dashboard.queries():
                    if query.kind == "variable":
                        continue
                    asked += 1
                    try:
                        results = screen.ask(query)
                    except ValueError as error:
                        found.add(f"{dashboard.path.name}: {query.kind} {query.name}: {error}")
                        continue
                    found |= {f"{dashboard.path.name}: {query.kind} {query.name}: {what}" for what in misfits_of(query, results)}
    for finding in sorted(found):
        print(finding, file=sys.stderr)
    print(f"{asked} queries on the demo: {len(found)} findings")
    return 1 if found else 0


def choices(server, dashboard):
    """The choices of variables to try: All, every value one by one, and each value alone; and each bot."""
    screen = Screen(server, dashboard, span=SPAN)
    options = {v["name"]: screen.options(v, screen.values) for v in dashboard.query_variables()}
    if is_of_a_bot(dashboard):
        yield from ({"bot": (bot,)} for bot in options.pop("bot"))
    yield from ({}, options)
    yield from ({name: [value]} for name, values in options.items() for value in values)


if __name__ == "__main__":
    sys.exit(run_in_folder(run))
