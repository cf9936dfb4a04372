"""Kills the exporter with SIGKILL at random moments and checks that nothing is lost or counted twice.

The simulator runs hundreds of trainings, exports and publishes and keeps the platform's rate limits. The exporter is killed again
and again and started on the same store. Across all scrapes no counter may go down, and none may count what has not
happened; at the end each counter and each histogram's count must equal what the simulator's log says of what replies prove.
Most runs are longer, and all are further apart, than the gaps between polls that the budget allows, so that they can be
seen: the test fails where that was not so.

Some trainings take no time. `trainVersion` is always 3, so an ML training of those shows only where a component had
drifted before, whose flag turns true, or where it ended otherwise than the one before; else no reply shows anything of it,
and it must not be counted. An FAQ reply has a time, so each shows.

Run by `make crash-test`; `--kills`, `--bots` and `--seed` may be given.

With `--moved-clock`, a library built from scripts/lib/moved_clock.c, the exporter's wall clock jumps by up to half an hour, back
and forth, while it runs and from one start to the next, while the simulator stays in the present.

Everything listens on loopback and is stopped by its process id.
"""

import argparse
import datetime
import os
import random
import re
import sys
import threading
import time

from lib import koreai
from lib.process import run_in_folder, wait_until

TOKEN = "a.ready.token"
# Each target then asks for 6 requests of the 30 that it may make in a minute.
POLL = "10s"
# Seconds: a run, and the time until the next one.
RUN = (30, 40)
PAUSE = (30, 40)
# Of trainings after a target's first, so many take no time; before half of these a component drifts.
SHORT = 0.4
# Seconds that the work goes on at least.
WORK = 240


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--bots", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--moved-clock", default="", metavar="LIBRARY")
    return parser.parse_args()


def names(bots: int) -> list:
    return [f"bot-{index}" for index in range(bots)]


def scenario(names: list) -> str:
    bots = "\n".join(f"  - {{id: st-{name}, name: {name}}}" for name in names)
    return f"""
credentials:
  - {{name: main, client_id: cs-crash, client_secret: not-a-secret, admin: true, tokens: [{TOKEN}]}}
bots:
{bots}
"""


def configuration(platform: str, names: list) -> str:
    bots = "\n".join(f"  - {{name: {name}, id: st-{name}}}" for name in names)
    return f"""
defaults:
  base_url: {platform}
  states: [configured]
  collectors: [ml_training, faq_training, ml_export, publish]
  poll_interval: {POLL}
  active_interval: {POLL}
  timeout: 5s
credentials:
  - {{name: main, token_env: CRASH_TEST_TOKEN}}
bots:
{bots}
"""


class Platform(koreai.Platform):
    """The simulator, the work it is given, and its log of what really happened."""

    def __init__(self, folder: str, names: list, chance: random.Random):
        super().__init__(folder, scenario(names))
        self.names = names
        self.chance = chance
        self.stopped = threading.Event()
        self.threads = []

    def work(self) -> None:
        for name in self.names:
            for kind in ("ml", "faq", "export", "publish"):
                thread = threading.Thread(
                    target=self.repeat, args=(name, kind, random.Random(self.chance.random())))
                thread.start()
                self.threads.append(thread)

    def repeat(self, bot: str, kind: str, chance: random.Random) -> None:
        self.stopped.wait(chance.uniform(0, PAUSE[1]))
        # The first reply that shows an end is a state and no event, so the first training has to be seen under way.
        is_first = True
        while not self.stopped.is_set():
            takes = chance.uniform(*RUN)
            if kind in ("ml", "faq") and not is_first and chance.random() < SHORT:
                takes = 0
                if kind == "ml" and chance.random() < 0.5:
                    self.bot(bot, "drift", components=["sentences", "patterns"])
                    # Until polls have seen it.
                    self.stopped.wait(chance.uniform(*PAUSE))
                    if self.stopped.is_set():
                        break
            is_first = False
            fails = chance.random() < 0.2
            body = {"takes": f"{int(takes * 1000)}ms"}
            path = kind
            if kind == "publish":
                body["initiate_training"] = False
                body["outcome"] = "failed" if fails else "success"
            elif kind == "export":
                body["outcome"] = "failed" if fails else "success"
            else:
                path = "train"
                body |= {"engine": kind, "outcome": "failed" if fails else "finished"}
            self.bot(bot, path, **body)
            self.stopped.wait(takes + chance.uniform(*PAUSE))

    def finish(self) -> None:
        self.stopped.set()
        for thread in self.threads:
            thread.join()
        # The last runs end, and are polled after.
        time.sleep(RUN[1] + 30)

    def longest_gap(self) -> float:
        """Seconds between two requests of the same target."""
        targets = self.requests()["targets"].values()
        return max(target["longest_gap_ms"] for target in targets) / 1000

    def refused(self) -> int:
        return self.requests()["by_status"].get("429", 0)

    def truth(self) -> tuple[dict, int]:
        """By series: how often it happened until now, as far as replies prove it; and how many runs show in no reply."""
        counts: dict = {}
        unseen = 0
        drifted: set = set()
        outcomes: dict = {}
        for event in self.events():
            bot = event["bot"].removeprefix("st-")
            if event["kind"] == "drifted":
                drifted.add(bot)
                continue
            lasts = True
            if event["kind"] == "training_ended":
                engine, outcome = event["engine"], event["outcome"]
                labels = f'bot="{bot}",engine="{engine}",language="en",state="configured"'
                family, noun = "koreai_training", "runs"
                lasts = seconds(event["at"]) - seconds(event["started_at"]) > 1
                shows = (lasts or engine == "faq" or outcome != outcomes.get(bot)
                         or outcome == "finished" and bot in drifted)
                if engine == "ml":
                    outcomes[bot] = outcome
                    if outcome == "finished":
                        drifted.discard(bot)
                if not shows:
                    unseen += 1
                    continue
            elif event["kind"] == "export_ended":
                labels = f'bot="{bot}",export="ml_utterances"'
                family, noun = "koreai_export", "jobs"
            elif event["kind"] == "publish_ended":
                labels = f'bot="{bot}"'
                family, noun = "koreai_publish", "jobs"
            else:
                continue
            # A run that no reply shows under way has no duration.
            for series in [f"{family}_{noun}_total"] + [f"{family}_duration_seconds_count"] * lasts:
                counts[f"{series}{{{labels}}}"] = counts.get(f"{series}{{{labels}}}", 0) + 1
            if event["outcome"] == "failed":
                failures = f"{family}_failures_total{{{labels}}}"
                counts[failures] = counts.get(failures, 0) + 1
        return counts, unseen


def seconds(text: str) -> float:
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


class Watcher:
    """Scrapes, and holds every counter against the one before and against the truth."""

    PATTERN = re.compile(
        r"^(koreai_(?:training|export|publish)_(?:runs_total|jobs_total|failures_total|duration_seconds_count)\{[^}]*\}) (\S+)$",
        re.MULTILINE)

    def __init__(self, platform: Platform):
        self.platform = platform
        self.highest: dict = {}
        self.scrapes = 0
        self.faults: list = []

    def scrape(self, exporter: koreai.Exporter) -> dict:
        page = exporter.scrape()
        truth, _ = self.platform.truth()
        self.scrapes += 1
        seen = {match[1]: float(match[2]) for match in self.PATTERN.finditer(page)}
        for series, value in seen.items():
            if value < self.highest.get(series, 0):
                self.faults.append(f"{series} went down from {self.highest[series]:.0f} to {value:.0f}")
            if value > truth.get(series, 0):
                self.faults.append(f"{series} is {value:.0f}, but it happened {truth.get(series, 0)} times")
            self.highest[series] = max(value, self.highest.get(series, 0))
        return seen


class Exporter(koreai.Exporter):
    """An exporter whose clock may jump."""

    def __init__(self, folder: str, configuration: str, library: str, chance: random.Random):
        super().__init__(folder, configuration, {"CRASH_TEST_TOKEN": TOKEN})
        self.chance = chance
        if library:
            self.environment |= {"LD_PRELOAD": os.path.abspath(library), "MOVED_CLOCK_FILE": self.move_clock()}

    def move_clock(self) -> str:
        path = os.path.join(self.folder, "clock")
        # In place: the exporter has the file mapped.
        with open(path, "r+b" if os.path.exists(path) else "wb", buffering=0) as file:
            file.write(self.chance.randint(-1_800_000, 1_800_000).to_bytes(8, "little", signed=True))
        return path


def run(options: argparse.Namespace, folder: str) -> int:
    chance = random.Random(options.seed)
    bots = names(options.bots)
    platform = Platform(folder, bots, chance)
    exporter = Exporter(folder, configuration(platform.url, bots), options.moved_clock, chance)
    try:
        watcher = Watcher(platform)
        exporter.start()
        # Runs, failures and durations of two engines; jobs, failures and durations of exports and publishes.
        wait_until("every target is shown", lambda: len(watcher.scrape(exporter)) == options.bots * 12, 60)
        platform.work()
        # Few kills are further apart, so that the work comes to trainings of all kinds.
        apart = max(1, WORK / (2.4 * options.kills))
        for kill in range(options.kills):
            end = time.monotonic() + chance.uniform(0.3, 2.5) * apart
            while time.monotonic() < end:
                watcher.scrape(exporter)
                time.sleep(chance.uniform(0, 0.3))
                if options.moved_clock and chance.random() < 0.2:
                    exporter.move_clock()
            exporter.kill()
            if options.moved_clock:
                exporter.move_clock()
            exporter.start()
            if (kill + 1) % 20 == 0:
                print(f"{kill + 1} kills, {watcher.scrapes} scrapes, {len(watcher.faults)} faults", flush=True)
        platform.finish()
        seen = watcher.scrape(exporter)
        truth, unseen = platform.truth()
        for series in sorted(set(seen) | set(truth)):
            if seen.get(series, -1) != truth.get(series, 0):
                watcher.faults.append(f"{series} is {seen.get(series)}, but it happened {truth.get(series, 0)} times")
        ended = sum(count for series, count in truth.items() if "_runs_total" in series or "_jobs_total" in series)
        gap = platform.longest_gap()
        if gap > min(RUN[0], PAUSE[0]) - 5:
            watcher.faults.append(f"a target was not asked for {gap:.1f} s, so that a run may have been overlooked")
        print(f"{options.kills} kills, {watcher.scrapes} scrapes, {ended} runs and jobs, {unseen} trainings that "
              f"show in no reply, longest gap between polls of a target {gap:.1f} s, {platform.refused()} requests "
              f"refused by the rate limit, {len(watcher.faults)} faults")
        for fault in watcher.faults[:20]:
            print("FAILED:", fault)
        return 1 if watcher.faults or ended < options.kills or not unseen else 0
    finally:
        platform.stopped.set()


if __name__ == "__main__":
    options = arguments()
    sys.exit(run_in_folder(lambda folder: run(options, folder)))
