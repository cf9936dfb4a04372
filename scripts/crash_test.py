"""Kills the exporter with SIGKILL at random moments and checks that nothing is lost or counted twice.

The simulator runs hundreds of trainings and exports and keeps the platform's rate limits. The exporter is killed again
and again and started on the same store. Across all scrapes no counter may go down, and none may count what has not
happened; at the end each counter and each histogram's count must equal the simulator's log. Runs are longer, and further
apart, than the gaps between polls that the budget allows, so that all of them can be seen: the test fails where that was
not so. Run by `make crash-test`; `--kills`, `--bots` and `--seed` may be given.

With `--moved-clock`, a library built from scripts/moved_clock.c, the exporter's wall clock jumps by up to half an hour, back
and forth, while it runs and from one start to the next, while the simulator stays in the present.

Everything listens on loopback and is stopped by its process id.
"""

import argparse
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

TOKEN = "a.ready.token"
# 3 targets then ask for 18 requests of the 30 that a bot may make in a minute.
POLL = "10s"
# Seconds: a run, and the time until the next one.
RUN = (30, 40)
PAUSE = (30, 40)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", default=".build/debug/koreai-exporter")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--bots", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--moved-clock", default="", metavar="LIBRARY")
    return parser.parse_args()


def request(url: str, body: dict | None = None) -> str:
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data=data), timeout=10) as response:
        return response.read().decode()


def names(bots: int) -> list:
    return [f"bot-{index}" for index in range(bots)]


def scenario(names: list) -> str:
    bots = "\n".join(f"  - {{id: st-{name}, name: {name}}}" for name in names)
    return f"""
credentials:
  - {{name: main, client_id: cs-crash, client_secret: not-a-secret, tokens: [{TOKEN}]}}
bots:
{bots}
"""


def configuration(platform: str, names: list) -> str:
    bots = "\n".join(f"  - {{name: {name}, id: st-{name}}}" for name in names)
    return f"""
defaults:
  base_url: {platform}
  states: [configured]
  poll_interval: {POLL}
  active_interval: {POLL}
  timeout: 5s
credentials:
  - {{name: main, token_env: CRASH_TEST_TOKEN}}
bots:
{bots}
"""


class Platform:
    """The simulator, the work it is given, and its log of what really happened."""

    def __init__(self, url: str, names: list, chance: random.Random):
        self.url = url
        self.names = names
        self.chance = chance
        self.stopped = threading.Event()
        self.threads = []

    def work(self) -> None:
        for name in self.names:
            for kind in ("ml", "faq", "export"):
                thread = threading.Thread(
                    target=self.repeat, args=(name, kind, random.Random(self.chance.random())))
                thread.start()
                self.threads.append(thread)

    def repeat(self, bot: str, kind: str, chance: random.Random) -> None:
        self.stopped.wait(chance.uniform(0, PAUSE[1]))
        while not self.stopped.is_set():
            takes = chance.uniform(*RUN)
            outcome = "failed" if chance.random() < 0.2 else "success" if kind == "export" else "finished"
            body = {"takes": f"{int(takes * 1000)}ms", "outcome": outcome}
            path = "export" if kind == "export" else "train"
            if kind != "export":
                body["engine"] = kind
            request(f"{self.url}/_simulator/bots/{bot}/{path}", body)
            self.stopped.wait(takes + chance.uniform(*PAUSE))

    def finish(self) -> None:
        self.stopped.set()
        for thread in self.threads:
            thread.join()
        # The last runs end, and are polled after.
        time.sleep(RUN[1] + 30)

    def longest_gap(self) -> float:
        """Seconds between two requests of the same target."""
        targets = json.loads(request(f"{self.url}/_simulator/requests"))["targets"].values()
        return max(target["longest_gap_ms"] for target in targets) / 1000

    def refused(self) -> int:
        return json.loads(request(f"{self.url}/_simulator/requests"))["by_status"].get("429", 0)

    def truth(self) -> dict:
        """By series: how often it happened until now, and how long it took in all."""
        counts: dict = {}
        events = json.loads(request(f"{self.url}/_simulator/events?after=0"))
        for event in events["events"] if isinstance(events, dict) else events:
            bot = event["bot"].removeprefix("st-")
            if event["kind"] == "training_ended":
                labels = f'bot="{bot}",engine="{event["engine"]}",language="en",state="configured"'
                family, noun = "koreai_training", "runs"
            elif event["kind"] == "export_ended":
                labels = f'bot="{bot}",export="ml_utterances"'
                family, noun = "koreai_export", "jobs"
            else:
                continue
            for series in (f"{family}_{noun}_total", f"{family}_duration_seconds_count"):
                counts[f"{series}{{{labels}}}"] = counts.get(f"{series}{{{labels}}}", 0) + 1
            if event["outcome"] == "failed":
                failures = f"{family}_failures_total{{{labels}}}"
                counts[failures] = counts.get(failures, 0) + 1
        return counts


class Watcher:
    """Scrapes, and holds every counter against the one before and against the truth."""

    PATTERN = re.compile(
        r"^(koreai_(?:training|export)_(?:runs_total|jobs_total|failures_total|duration_seconds_count)\{[^}]*\}) (\S+)$",
        re.MULTILINE)

    def __init__(self, platform: Platform):
        self.platform = platform
        self.highest: dict = {}
        self.scrapes = 0
        self.faults: list = []

    def scrape(self, exporter: str) -> dict:
        page = request(f"http://{exporter}/metrics")
        truth = self.platform.truth()
        self.scrapes += 1
        seen = {match[1]: float(match[2]) for match in self.PATTERN.finditer(page)}
        for series, value in seen.items():
            if value < self.highest.get(series, 0):
                self.faults.append(f"{series} went down from {self.highest[series]:.0f} to {value:.0f}")
            if value > truth.get(series, 0):
                self.faults.append(f"{series} is {value:.0f}, but it happened {truth.get(series, 0)} times")
            self.highest[series] = max(value, self.highest.get(series, 0))
        return seen


class Exporter:
    def __init__(self, options: argparse.Namespace, folder: str, chance: random.Random):
        self.options = options
        self.folder = folder
        self.chance = chance
        self.lives = 0

    def start(self) -> None:
        self.lives += 1
        self.log = os.path.join(self.folder, f"exporter-{self.lives}.log")
        environment = dict(os.environ, CRASH_TEST_TOKEN=TOKEN)
        if self.options.moved_clock:
            environment |= {
                "LD_PRELOAD": os.path.abspath(self.options.moved_clock), "MOVED_CLOCK_FILE": self.move_clock()
            }
        with open(self.log, "w", encoding="utf-8") as file:
            self.process = subprocess.Popen(
                [
                    self.options.binary, "serve", "--config.file", os.path.join(self.folder, "config.yml"),
                    "--storage.path", os.path.join(self.folder, "data"), "--web.listen-address", "127.0.0.1:0",
                ],
                stdout=file, stderr=subprocess.STDOUT, env=environment)
        for _ in range(600):
            with open(self.log, encoding="utf-8") as file:
                match = re.search(r"msg=listening address=(\S+)", file.read())
            if match:
                self.address = match.group(1)
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        with open(self.log, encoding="utf-8") as file:
            raise SystemExit(f"the exporter did not start:\n{file.read()}")

    def move_clock(self) -> str:
        path = os.path.join(self.folder, "clock")
        # In place: the exporter has the file mapped.
        with open(path, "r+b" if os.path.exists(path) else "wb", buffering=0) as file:
            file.write(self.chance.randint(-1_800_000, 1_800_000).to_bytes(8, "little", signed=True))
        return path

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def run(options: argparse.Namespace, folder: str) -> int:
    chance = random.Random(options.seed)
    bots = names(options.bots)
    with open(os.path.join(folder, "scenario.yml"), "w", encoding="utf-8") as file:
        file.write(scenario(bots))
    with open(os.path.join(folder, "simulator.log"), "w", encoding="utf-8") as file:
        simulator = subprocess.Popen(
            [options.binary, "simulate", "--scenario", os.path.join(folder, "scenario.yml")],
            stdout=file, stderr=subprocess.STDOUT)
    exporter = Exporter(options, folder, chance)
    platform = None
    try:
        url = ""
        for _ in range(200):
            with open(os.path.join(folder, "simulator.log"), encoding="utf-8") as file:
                match = re.search(r"Platform: (\S+)", file.read())
            if match:
                url = match.group(1)
                break
            time.sleep(0.05)
        with open(os.path.join(folder, "config.yml"), "w", encoding="utf-8") as file:
            file.write(configuration(url, bots))
        platform = Platform(url, bots, chance)
        watcher = Watcher(platform)
        exporter.start()
        # Runs, failures and durations of two engines; jobs, failures and durations of exports.
        for _ in range(600):
            if len(watcher.scrape(exporter.address)) == options.bots * 9:
                break
            time.sleep(0.1)
        platform.work()
        for kill in range(options.kills):
            end = time.monotonic() + chance.uniform(0.3, 2.5)
            while time.monotonic() < end:
                watcher.scrape(exporter.address)
                time.sleep(chance.uniform(0, 0.3))
                if options.moved_clock and chance.random() < 0.2:
                    exporter.move_clock()
            exporter.kill()
            exporter.start()
            if (kill + 1) % 20 == 0:
                print(f"{kill + 1} kills, {watcher.scrapes} scrapes, {len(watcher.faults)} faults", flush=True)
        platform.finish()
        seen = watcher.scrape(exporter.address)
        truth = platform.truth()
        for series in sorted(set(seen) | set(truth)):
            if seen.get(series, -1) != truth.get(series, 0):
                watcher.faults.append(f"{series} is {seen.get(series)}, but it happened {truth.get(series, 0)} times")
        ended = sum(count for series, count in truth.items() if "_runs_total" in series or "_jobs_total" in series)
        gap = platform.longest_gap()
        if gap > min(RUN[0], PAUSE[0]) - 5:
            watcher.faults.append(f"a target was not asked for {gap:.1f} s, so that a run may have been overlooked")
        print(f"{options.kills} kills, {watcher.scrapes} scrapes, {ended} runs and jobs, longest gap between polls of a "
              f"target {gap:.1f} s, {platform.refused()} requests refused by the rate limit, {len(watcher.faults)} faults")
        for fault in watcher.faults[:20]:
            print("FAILED:", fault)
        return 1 if watcher.faults or ended < options.kills else 0
    finally:
        if platform:
            platform.stopped.set()
        for process in (getattr(exporter, "process", None), simulator):
            if process and process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    process.kill()


def main() -> int:
    options = arguments()
    with tempfile.TemporaryDirectory() as folder:
        return run(options, folder)


sys.exit(main())
