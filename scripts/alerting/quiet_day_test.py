"""Runs the alerts against a quiet day of 50 bots, on which none may fire, and an hour after it that is not quiet.

The simulator and the exporter live the day by a clock that goes hundreds of times as fast; what is scraped of it each of
its minutes becomes blocks of a real Prometheus, whose rules are then evaluated for each minute. The day has what healthy
days have: edits, trainings, publishes and exports, a restart of the exporter, scrapes that fail and a request now and
then that does. In the hour after it some bots are unwell: their alerts must be found, and only theirs, or the test would
prove nothing. Run by `make quiet-day-test`.
"""

import argparse
import collections
import math
import os
import random
import subprocess
import sys
import time

import quiet_bots
import rules
from history import History
from lib.exposition import samples
from lib.koreai import Exporter, Platform
from lib.process import run_in_folder, wait_until
from lib.prometheus import PROMTOOL, Prometheus, rule_files
from lib.virtual_clock import VirtualClock

HOUR, MINUTE = 3600, 60
INSTANCE, SITE = "quiet:10573", {"env": "prod", "cluster": "eu", "pod": "quiet-0"}
# What happens in the hour after the day, and which alert tells of it: bot, alert, what to do.
UNWELL = [
    ("bot-05", "KoreAITrainingFailed", ("train", {"state": "published", "takes": "60s", "outcome": "failed"})),
    ("bot-10", "KoreAITrainingStuck", ("train", {})),
    ("bot-15", "KoreAIExportFailed", ("export", {"takes": "60s", "outcome": "failed"})),
    ("bot-20", "KoreAIPublishedModelOutOfSync", ("drift", {"state": "published"})),
    ("bot-25", "KoreAICredentialRefused", "unauthorized"),
    # What follows from it; Alertmanager inhibits it.
    ("bot-25", "KoreAIPollStale", None),
]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--bots", type=int, default=50)
    parser.add_argument("--hours", type=int, default=24, help="how long the quiet day is")
    parser.add_argument("--rate", type=int, default=1500, help="how fast the clock goes between scrapes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--clock-library", default=".build/moved_clock.so")
    return parser.parse_args()


class Day:
    """The simulator and an exporter that live by a fast clock, scraped each minute of it."""

    def __init__(self, options: argparse.Namespace, folder: str):
        self.options = options
        self.chance = random.Random(options.seed)
        self.bots = [quiet_bots.QuietBot(number, self.chance) for number in range(1, options.bots + 1)]
        # It all ends before the present, which is Prometheus' own.
        self.clock = VirtualClock(options.clock_library, os.path.join(folder, "clock"), (options.hours + 6) * HOUR)
        self.history = History(os.path.join(folder, "history"), rules.families())
        self.platform = Platform(
            folder, quiet_bots.scenario(self.bots, options.seed), self.clock.environment)
        self.exporter = Exporter(
            os.path.join(folder, "exporter"), quiet_bots.configuration(self.bots, self.platform.url),
            self.clock.environment)
        self.exporter.start()

    def stop(self) -> None:
        self.exporter.process.stop()
        self.platform.process.stop()

    def minute(self, misses: bool = False) -> None:
        """Lets a minute pass, and scrapes."""
        while self.clock.now() < self.next_scrape:
            time.sleep(0.005)
        # Requests take real time: where they cannot keep up, the day has to wait.
        page = wait_until("polls are not late", self.punctual_page, 60, every=0.02)
        at = self.clock.now()
        self.hasten()
        self.history.add("" if misses else page, INSTANCE, at, SITE)

    def hasten(self) -> None:
        """Until the next scrape, and no further."""
        self.next_scrape = self.clock.now() + MINUTE
        self.clock.hasten(self.options.rate, MINUTE)

    def punctual_page(self) -> str:
        """A scrape, if no target that is well was due long ago."""
        page, now = self.exporter.scrape(), self.clock.now()
        attempts = samples(page, "koreai_poll_last_attempt_timestamp_seconds")
        intervals = samples(page, "koreai_poll_interval_seconds")
        well = [target for target, is_up in samples(page, "koreai_poll_up").items() if is_up]
        return "" if any(now - attempts[target] > 1.5 * intervals.get(target, math.inf) for target in well) else page

    def restart(self) -> None:
        self.exporter.process.stop()
        self.clock.jump(MINUTE)
        self.history.add("", INSTANCE, self.clock.now(), SITE)
        self.exporter.start()
        self.hasten()

    def live(self, minutes: int, restart: bool = False) -> None:
        self.hasten()
        for minute in range(minutes):
            if minute % 120 == 60:
                # A request that fails by itself.
                name = self.chance.choice(self.bots).name
                self.platform.fault({"kind": "server_error"}, {"bot": name}, times=1)
            if restart and minute == minutes // 2:
                self.restart()
            self.minute(misses=self.chance.random() < 0.01)

    def life(self) -> str:
        """What happened, in words."""
        counts = collections.Counter(event["kind"] for event in self.platform.events())
        return ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))

    def fall_ill(self) -> None:
        for bot, _, what in UNWELL:
            if isinstance(what, str):
                self.platform.fault({"kind": what}, {"bot": bot})
            elif what:
                action, body = what
                self.platform.bot(bot, action, **body)


def start_prometheus(folder: str) -> Prometheus:
    rule_list = "".join(f"  - {path}\n" for path in rule_files())
    # Scrapes are a minute apart: a series that one of them lacks is missing then, as after a staleness marker.
    return Prometheus(folder, f"rule_files:\n{rule_list}", ("--query.lookback-delta=90s",))


def record(folder: str, data: str, start: float, end: float) -> None:
    """Lets promtool evaluate the recording rules of the time that is past: level by level, as it does not see what it
    writes."""
    for number, text in enumerate(rules.levels()):
        path = os.path.join(folder, f"level-{number}.yml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        # Started anew, it has the blocks that promtool made.
        prometheus = start_prometheus(folder)
        subprocess.run(
            [
                PROMTOOL, "tsdb", "create-blocks-from", "rules", f"--start={start:.0f}", f"--end={end:.0f}",
                f"--eval-interval={MINUTE}s", f"--output-dir={data}", f"--url={prometheus.url}", path,
            ], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        prometheus.process.stop()


def evaluate(prometheus: Prometheus, start: float, end: float) -> list:
    """(alert, labels, from, to), of all alerts that fired."""
    found = []
    for alert in rules.alerts(prometheus):
        for labels, since, until in rules.episodes(prometheus, alert, start, end, MINUTE):
            found.append((alert["name"], labels, since, until))
    return found


def run(options: argparse.Namespace, folder: str) -> int:
    began = time.monotonic()

    def tell(what: str) -> None:
        print(f"{time.monotonic() - began:4.0f} s: {what}", flush=True)

    day = Day(options, folder)
    wait_until("the exporter has polled all", lambda: "koreai_poll_up" in day.exporter.scrape(), 30)
    start = day.clock.now()
    day.live(options.hours * 60, restart=True)
    noon = day.clock.now()
    tell(f"the quiet day is over: {day.life()}; {day.history.samples} samples")
    day.fall_ill()
    day.live(75)
    end = day.clock.now()
    day.stop()
    tell("so is the hour after it")
    folder = os.path.join(folder, "prometheus")
    data = os.path.join(folder, "data")
    day.history.make_blocks(data)
    tell("Prometheus' blocks are made")
    record(folder, data, start, end)
    tell("the recording rules are evaluated")
    prometheus = start_prometheus(folder)
    quiet = evaluate(prometheus, start, noon)
    unwell = evaluate(prometheus, noon, end)
    names = [rule["name"] for rule in rules.alerts(prometheus)]
    tell(f"{len(names)} alerts are evaluated")
    return report(quiet, unwell, names)


def report(quiet: list, unwell: list, names: list) -> int:
    faults = [f"fired on the quiet day: {name} {labels} from {since:.0f} to {until:.0f}"
              for name, labels, since, until in quiet]
    expected = {(alert, bot) for bot, alert, _ in UNWELL}
    seen = {(name, labels.get("bot")) for name, labels, _, _ in unwell}
    faults += [f"did not fire though it should have: {alert} of {bot}" for alert, bot in sorted(expected - seen)]
    faults += [f"fired in the hour after, for no reason: {alert} of {bot}" for alert, bot in sorted(seen - expected)]
    print(f"{len(names)} alerts; on the quiet day {len(quiet)} fired; after it {len(seen)} did, as they should")
    for fault in faults[:30]:
        print("FAILED:", fault)
    return 1 if faults or not names else 0


if __name__ == "__main__":
    options = arguments()
    sys.exit(run_in_folder(lambda folder: run(options, folder)))
