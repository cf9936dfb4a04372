"""The stack test's platform and exporters, their past, and what is done to them."""

import heapq
import json
import os
import sqlite3
import time
from collections.abc import Callable

import rules
import stack_bots
from history import History
from lib.koreai import Exporter, Platform
from lib.process import wait_until
from lib.virtual_clock import VirtualClock

# Seconds before the present at which it all begins.
PAST = 86400 + 300
# Until when, in seconds before the present, and how fast the clock goes until then; `None`: nothing happens until then.
# The past passes in so much real time, however slow the machine is.
PHASES = ((-86400 + 6000, 80), (-7300, None), (-4000, 160), (0, 80))
# From when on Prometheus has a past, and the seconds between two of its scrapes.
HISTORY, SCRAPE = -3950, 30


# Labels that every target of the site has.
SITE = {"env": "prod", "cluster": "eu"}


def site(exporter: str) -> dict:
    """The labels of a target, beside `job` and `instance`."""
    return {**SITE, "pod": f"{exporter}-0"}


class World:
    def __init__(self, folder: str, library: str):
        self.folder = folder
        self.limits = rules.limits()
        self.clock = VirtualClock(library, os.path.join(folder, "clock"), PAST)
        # When the platform forgets the credentials, in seconds after the present begins.
        self.revoked, self.revoked_before, revoked_long_ago = 10, -1260, -9000
        self.platform = Platform(
            folder, stack_bots.scenario(PAST + self.revoked, PAST + self.revoked_before, PAST + revoked_long_ago),
            self.clock.environment)
        self.changes: set = set()
        self.faults: dict = {}
        self.agenda: list = []
        url = self.platform.url
        configurations = {"main": stack_bots.main(url, self.changes), "greedy": stack_bots.greedy(url, 120)}
        configurations |= {name: stack_bots.other(name, url) for name in stack_bots.OTHERS}
        self.exporters = {
            name: Exporter(os.path.join(folder, name), text, self.clock.environment)
            for name, text in configurations.items()
        }
        for exporter in self.exporters.values():
            exporter.start()
        self.history = History(os.path.join(folder, "history"), rules.families())
        self.empty = os.path.join(folder, "targets.json")
        self.write_targets([])

    # The past

    def live_past(self, steps: list) -> None:
        """`steps`: (seconds after the present begins, what is done then)."""
        start = -PAST
        haste = 0.0
        for until, rate in PHASES:
            haste += (until - start) / rate if rate else 0
            start = until
        # The moment at which the clock, if it goes as planned, meets the machine's: the present begins.
        self.present = time.time() + haste
        self.clock.jump(self.present - PAST - self.clock.now())
        waiting = sorted(steps, key=lambda step: step[0])
        scrape = HISTORY
        for until, rate in PHASES:
            if not rate:
                self.clock.jump(until - self.now())
                continue
            # Never past the present.
            self.clock.hasten(rate, self.clock.behind())
            while self.now() < until and self.clock.behind() > 0:
                while waiting and waiting[0][0] <= self.now():
                    waiting.pop(0)[1]()
                if self.now() >= scrape:
                    for name, exporter in self.exporters.items():
                        self.history.add(exporter.scrape(), exporter.instance, self.clock.now(), site(name))
                    scrape = self.now() + SCRAPE
                time.sleep(0.01)
        wait_until("the present", lambda: self.clock.behind() <= 0, 10)

    def now(self) -> float:
        """Seconds after the present began."""
        return self.clock.now() - self.present

    # The present

    def later(self, seconds: float, act: Callable) -> None:
        heapq.heappush(self.agenda, (time.time() + seconds, len(self.agenda), act))

    def act(self) -> None:
        """Does what is due."""
        while self.agenda and self.agenda[0][0] <= time.time():
            heapq.heappop(self.agenda)[2]()

    # What is done to them

    def fault(self, bot: str, kind: str, times: int | None = None, **match) -> None:
        self.faults[bot] = self.platform.fault({"kind": kind}, {"bot": bot, **match}, times)

    def configure(self, change: str) -> None:
        self.changes.add(change)
        self.exporters["main"].reload(stack_bots.main(self.platform.url, self.changes))

    def mend_stale(self) -> None:
        # Polls that failed for long are far apart: the operator does not wait for the next one.
        self.platform.mend(self.faults["stale"])
        self.exporters["stale"].process.stop()
        self.exporters["stale"].start()

    def end_outage(self) -> None:
        """The platform is back, and the exporter is restarted, as polls that failed for long are far apart."""
        self.platform.mend(self.faults["outage"])
        self.exporters["outage"].process.stop()
        self.exporters["outage"].start()

    def mend_scope(self) -> None:
        self.platform.mend(self.faults["scope"])
        self.configure("renew scope")

    def train_greedily(self) -> None:
        for engine in ("ml", "faq"):
            for state in ("configured", "published"):
                self.platform.bot("greedy", "train", engine=engine, state=state)

    def raise_budget(self) -> None:
        self.exporters["greedy"].reload(stack_bots.greedy(self.platform.url, 600))

    def break_configuration(self) -> None:
        self.exporters["reload"].reload("bots: none\n")

    def mend_configuration(self) -> None:
        self.exporters["reload"].reload(stack_bots.other("reload", self.platform.url))

    def lock_store(self) -> None:
        data = os.path.join(self.exporters["store"].folder, "data")
        name = next(name for name in sorted(os.listdir(data)) if name.endswith((".sqlite", ".db")))
        self.lock = sqlite3.connect(os.path.join(data, name), isolation_level=None)
        self.lock.execute("BEGIN IMMEDIATE")

    def unlock_store(self) -> None:
        self.lock.execute("ROLLBACK")
        self.lock.close()

    def restart_down(self) -> None:
        self.platform.bot("down", "status", status="finished")
        self.exporters["down"].start()

    def write_targets(self, targets: list) -> None:
        with open(self.empty, "w", encoding="utf-8") as file:
            json.dump([{"targets": targets}] if targets else [], file)

    def add_target(self) -> None:
        self.write_targets([self.exporters["reload"].instance])
