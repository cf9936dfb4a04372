"""Brings about every condition that an alert is for, and checks what Alertmanager tells of it.

A real Prometheus and a real Alertmanager run with the repository's rules, routes and inhibitions, beside exporters and
the simulator. These begin a day ago, by a clock that goes hundreds of times as fast until it has caught up: so there are
trainings that have been stuck for long, and usual durations. From then on all is in real time. Each condition has its
bot, all at the same time; it ends once its alert was told. The right alerts, and no others, must reach a webhook with the
right text, and be resolved; those that follow from others must be inhibited. Every target has labels of a site, which every
alert must have; a foreign job has the same exporters, two exporters watch some of the bots, and the platform is out of reach
in the middle of a critical alert, which must go on. Run by `make stack-test`.

Everything listens on loopback and is stopped by its process id.
"""

import argparse
import json
import os
import sys
import time

from conditions import conditions, preparations
from lib.process import run_in_folder
from lib.prometheus import Alertmanager, Prometheus, alertmanager_configuration, rule_files
from lib.webhook import Webhook
from table import table
from watch import Watch
from world import World, site


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--clock-library", default=".build/moved_clock.so")
    parser.add_argument("--minutes", type=float, default=20, help="of real time, after which the test gives up")
    return parser.parse_args()


def configuration(alertmanager: str, jobs: dict) -> str:
    files = "".join(f"  - {path}\n" for path in rule_files())
    return (
        "global: {scrape_interval: 15s, evaluation_interval: 15s}\n"
        f"rule_files:\n{files}"
        "alerting:\n"
        "  alertmanagers:\n"
        f"    - static_configs: [{{targets: ['{alertmanager.removeprefix('http://')}']}}]\n"
        "scrape_configs:\n" + "".join(f"  - job_name: {name}\n    {targets}\n" for name, targets in jobs.items()))


def run(options: argparse.Namespace, folder: str) -> int:
    began = time.monotonic()

    def tell(what: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s since the start: {what}", flush=True)

    webhook = Webhook()
    world = World(folder, os.path.abspath(options.clock_library))
    found = conditions(world)
    world.live_past(preparations(world) + [(one.at, one.cause) for one in found if one.cause and one.at < 0])
    tell("the past is over")
    data = os.path.join(folder, "prometheus", "data")
    world.history.make_blocks(data)
    state = os.path.join(folder, "alertmanager")
    alertmanager = Alertmanager(state, alertmanager_configuration(state, webhook.url))
    # With labels of the site, and beside a foreign job that has the same bots, of which nothing may be told.
    targets = json.dumps([
        {"targets": [exporter.instance], "labels": site(name)} for name, exporter in world.exporters.items()
    ])
    Prometheus(
        os.path.join(folder, "prometheus"),
        configuration(alertmanager.url, {name: f"static_configs: {targets}" for name in ("koreai", "foreign")}))
    # Another one, whose job has no targets.
    Prometheus(
        os.path.join(folder, "empty"),
        configuration(alertmanager.url, {"koreai": f"file_sd_configs: [{{files: ['{world.empty}']}}]"}))
    tell("Prometheus and Alertmanager run")
    for one in found:
        if one.cause and one.at >= 0:
            world.later(world.present + one.at - time.time(), one.cause)
    watch = Watch(found, world.present)
    end = time.monotonic() + options.minutes * 60
    while watch.missing() and time.monotonic() < end:
        world.act()
        watch.hear(webhook.notifications())
        watch.see(alertmanager.alerts())
        watch.end_what_was_told()
        time.sleep(1)
    print(table(watch))
    faults = watch.faults + watch.missing()
    tell(f"{len(found)} conditions, {len(webhook.notifications())} notifications, {len(faults)} faults")
    for fault in faults:
        print("FAILED:", fault)
    return 1 if faults else 0


if __name__ == "__main__":
    options = arguments()
    sys.exit(run_in_folder(lambda folder: run(options, folder)))
