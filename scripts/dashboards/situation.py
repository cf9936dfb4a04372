"""A Prometheus from Debian with a past that is written for it, which scrapes exporters and a foreign job."""

import contextlib
import dataclasses
import json
import pathlib
import re
import tempfile
import time

from fleet import PAST, Fleet
from lib.process import free_port, wait_until
from lib.prometheus import Prometheus, make_blocks
from lib.web import Handler, Server

TICK = 240  # seconds between two scrapes of the past
# What else the same Prometheus scrapes: in a job of its own, and in that of the exporters, as where one job discovers all
# pods. One of them is down.
FOREIGN = ({"job": "shop", "instance": "shop-0:8080"}, {"job": "kubernetes-pods", "instance": "shop-1:8080"})
FOREIGN_DOWN = {"job": "kubernetes-pods", "instance": "shop-2:8080"}
FOREIGN_METRICS = {
    "process_start_time_seconds": 1.7e9, "process_resident_memory_bytes": 9e12, "process_open_fds": 999,
    "process_max_fds": 1000, "process_threads": 999, "process_cpu_seconds_total": 999,
}
# The metrics that Prometheus makes itself, of a target that can be scraped.
OF_A_SCRAPE = {"up": 1, "scrape_duration_seconds": 0.01, "scrape_samples_scraped": 600}


@dataclasses.dataclass
class Situation:
    """What Prometheus knows: a fleet, the exporters that watch it, and whether the rules are loaded."""

    fleet: Fleet
    exporters: list
    rules: bool = True
    past: int = PAST
    interval: int = 2  # seconds between two scrapes of the present


def running(configuration: dict, folder: pathlib.Path) -> Prometheus:
    """Prometheus with its data in the folder."""
    return Prometheus(str(folder), json.dumps(configuration))


def configuration(folder: pathlib.Path, scrapes: list, rules: bool, interval: int) -> dict:
    """scrapes: (address, labels) of what is scraped."""
    if rules:
        for name in ("recording-rules.yml", "alerting-rules.yml"):
            text = pathlib.Path("alerts", name).read_text()
            (folder / name).write_text(re.sub(r"interval: \w+", f"interval: {interval}s", text))
    jobs: dict = {}
    for address, labels in scrapes:
        jobs.setdefault(labels["job"], []).append(
            {"targets": [address], "labels": {name: value for name, value in labels.items() if name != "job"}})
    return {
        "global": {"scrape_interval": f"{interval}s", "evaluation_interval": f"{interval}s"},
        "rule_files": [str(folder / "*-rules.yml")] if rules else [],
        "scrape_configs": [{"job_name": job, "static_configs": targets} for job, targets in jobs.items()],
    }


@contextlib.contextmanager
def situated(situation: Situation):
    """Prometheus in a situation, once it has scraped what is there."""
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = pathlib.Path(name)
        write_blocks(situation, folder)
        fleet, nowhere = situation.fleet, f"127.0.0.1:{free_port()}"
        scrapes = [(nowhere, FOREIGN_DOWN)]
        foreign = stack.enter_context(served(lambda: {(name, ()): value for name, value in FOREIGN_METRICS.items()}))
        scrapes += [(foreign.address, labels) for labels in FOREIGN]
        alive = stack.enter_context(served(lambda: fleet.exposition(time.time() - fleet.now)))
        scrapes += [(nowhere if each.until else alive.address, each.labels) for each in situation.exporters]
        server = stack.enter_context(running(configuration(folder, scrapes, situation.rules, situation.interval), folder))
        wait_for_scrapes(server, len(scrapes))
        yield server


def wait_for_scrapes(server: Prometheus, targets: int):
    """Until each target was scraped, or was found not to be there."""
    start = time.time()
    wait_until(
        "Prometheus has scraped its targets", lambda: len(server.query(f"timestamp(up) > {start}")) >= targets, 120)


def served(exposition) -> Server:
    """An HTTP server that shows what `exposition` gives at each scrape."""

    class Page(Handler):
        def do_GET(self):
            body = "".join(f"{written(key)} {value}\n" for key, value in exposition().items())
            self.reply(body.encode(), "text/plain; version=0.0.4")

    return Server(Page)


def written(key) -> str:
    name, labels = key
    return f"{name}{{{','.join(f'{label}={json.dumps(value)}' for label, value in labels)}}}" if labels else name


def write_blocks(situation: Situation, folder: pathlib.Path):
    """The past of a situation, as blocks of Prometheus."""
    fleet, path = situation.fleet, folder / "past.om"
    with open(path, "w") as file:
        def write(labels: dict, name: str, own: tuple, samples):
            series = written((name, tuple(sorted((dict(own) | labels).items()))))
            file.writelines(f"{series} {value} {moment:.3f}\n" for moment, value in samples)

        def ticks(since: int, until: int):
            return range(-min(since, situation.past), -until, TICK)

        for exporter in situation.exporters:
            moments = ticks(exporter.since, exporter.until)
            for (name, own), steps in fleet.series.items():
                write(exporter.labels, name, own, (
                    (fleet.now + moment, value) for moment in moments if (value := fleet.value(steps, moment)) is not None))
            for name, value in OF_A_SCRAPE.items():
                write(exporter.labels, name, (), ((fleet.now + moment, value) for moment in moments))
            write(exporter.labels, "up", (), ((fleet.now + moment, 0) for moment in range(-exporter.until, 0, 60)))
        for labels in FOREIGN:
            for name, value in (OF_A_SCRAPE | FOREIGN_METRICS).items():
                write(labels, name, (), ((fleet.now + moment, value) for moment in ticks(PAST, 0)))
        write(FOREIGN_DOWN, "up", (), ((fleet.now + moment, 0) for moment in ticks(PAST, 0)))
        file.write("# EOF\n")
    make_blocks(path, folder / "data")
    path.unlink()
