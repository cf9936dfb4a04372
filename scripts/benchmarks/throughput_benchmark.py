"""10,000 bots with 3 targets each, polled every 60 seconds by the release build for five minutes: 500 requests a second,
against nginx with static replies, with the store on. Run by `make throughput-benchmark`.

A scrape comes every 15 seconds, as Prometheus scrapes. The memory of a target is what an exporter with one bot does not
need. CPU time is compared with that of a C program on libcurl's multi interface that sends as bare requests as can be, in
the same run: machines differ, and one machine from one hour to the next. Exits with 1 where a goal is missed. Everything listens on loopback only and is stopped by its process id.
"""

import argparse
import gzip
import os
import statistics
import sys
import tempfile
import time

from lib import koreai
from lib.exposition import total
from lib.web import request
from request_cost import C_PROGRAM, c_program, measure
from static_nginx import StaticNginx
from usage import cpu, rss, written

TARGETS_PER_BOT = 3
SCRAPE_INTERVAL = 15
MAX_CPU = 5  # times that of the C program's bare request, a poll in all: 100 µs where that takes 20
BARE_REQUESTS = 50_000
MAX_MEMORY = 10  # KiB a target
MIN_RATE = 0.97  # of the requests that are due


def configuration(platform: str, bots: int, interval: int) -> str:
    return (
        f"defaults:\n  base_url: {platform}\n  languages: [en]\n  states: [configured]\n"
        "  collectors: [ml_training, faq_training, ml_export]\n"
        f"  poll_interval: {interval}s\n"
        "credentials:\n  - {name: main, client_id: cs-1, client_secret: not-a-secret}\nbots:\n"
        + "".join(f"  - {{name: bot-{bot}, id: st-22184e1f-e116-5ed4-8741-{bot:012}}}\n" for bot in range(bots)))


class Exporter(koreai.Exporter):
    """An exporter that polls; ends with its context."""

    def __enter__(self):
        self.start()
        self.pid = self.process.process.pid
        return self

    def __exit__(self, *_):
        self.process.stop()

    def scrape(self) -> str:
        # Compressed, as Prometheus asks for it.
        _, _, page = request(f"http://{self.instance}/metrics", headers={"Accept-Encoding": "gzip"}, timeout=60)
        return gzip.decompress(page).decode()


def at_rest(folder: str, platform: str) -> float:
    """KiB of RSS of an exporter with one bot, after polls and scrapes."""
    with Exporter(folder, configuration(platform, 1, 1)) as exporter:
        for _ in range(5):
            time.sleep(1)
            exporter.scrape()
        return rss(exporter.pid)


def bare_request(nginx: StaticNginx) -> float:
    """CPU µs of a request of the C program."""
    return measure(nginx, C_PROGRAM, c_program(nginx, BARE_REQUESTS), BARE_REQUESTS)[0]


def run(arguments, folder: str, platform: str) -> dict:
    settings = configuration(platform, arguments.bots, arguments.interval)
    with Exporter(os.path.join(folder, "many"), settings) as exporter:
        # Until each target was polled, and histograms and buffers are as large as they get.
        for _ in range(max(1, arguments.warm_up // SCRAPE_INTERVAL)):
            time.sleep(min(SCRAPE_INTERVAL, arguments.warm_up))
            exporter.scrape()
        page = exporter.scrape()
        start, used, scrape_cpu, scrape_seconds, scrapes = time.monotonic(), cpu(exporter.pid), 0.0, [], 0
        first, bytes_before, calls_before = page, *written(exporter.pid)
        while time.monotonic() - start < arguments.seconds:
            time.sleep(max(0, start + (scrapes + 1) * SCRAPE_INTERVAL - time.monotonic()))
            before, began = cpu(exporter.pid), time.monotonic()
            page = exporter.scrape()
            scrape_seconds.append(time.monotonic() - began)
            scrape_cpu += cpu(exporter.pid) - before
            scrapes += 1
        seconds, used = time.monotonic() - start, cpu(exporter.pid) - used
        bytes_after, calls_after = written(exporter.pid)
        requests = total(page, "koreai_api_requests_total") - total(first, "koreai_api_requests_total")
        process_cpu = total(page, "process_cpu_seconds_total") - total(first, "process_cpu_seconds_total")
        # Polls go on while a page is written: their part of these windows is taken back.
        polling_cpu = (used - scrape_cpu) / (1 - sum(scrape_seconds) / seconds)
        return {
            "seconds": seconds,
            "requests": requests,
            "cpu": process_cpu / requests * 1e6 if requests else float("inf"),
            "polling_cpu": polling_cpu / requests * 1e6 if requests else float("inf"),
            "failures": total(page, "koreai_api_request_failures_total"),
            "up": total(page, "koreai_poll_up"),
            "rss": rss(exporter.pid),
            "page": len(page),
            "scrape": max(scrape_seconds),
            "write_bytes": (bytes_after - bytes_before) / seconds,
            "write_calls": (calls_after - calls_before) / seconds,
            "store": sum(os.path.getsize(os.path.join(root, name))
                         for root, _, names in os.walk(os.path.join(exporter.folder, "data")) for name in names),
            "store_failures": total(page, "koreai_exporter_store_write_failures_total"),
        }


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", default=".build/release/koreai-exporter")
    parser.add_argument("--bots", type=int, default=10_000)
    parser.add_argument("--interval", type=int, default=60, help="seconds between two polls of a target")
    parser.add_argument("--seconds", type=int, default=300, help="of measuring, after the warm-up")
    parser.add_argument("--warm-up", type=int, default=75, help="seconds; more than the interval")
    # /tmp may be memory, and the store is to meet a disk.
    parser.add_argument("--folder", default=".build", help="where the stores go for the time of the run")
    arguments = parser.parse_args()
    targets = arguments.bots * TARGETS_PER_BOT
    due = targets / arguments.interval
    koreai.BINARY = arguments.binary
    with StaticNginx() as nginx, tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        bare = [bare_request(nginx) for _ in range(3)]
        alone = at_rest(os.path.join(folder, "one"), nginx.url)
        seen = run(arguments, folder, nginx.url)
        bare = statistics.median(bare + [bare_request(nginx) for _ in range(3)])
    rate = seen["requests"] / seen["seconds"]
    memory = (seen["rss"] - alone) / targets
    print(f"{targets} targets every {arguments.interval} s, {seen['seconds']:.0f} s after {arguments.warm_up} s of warm-up; "
          f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    rows = [
        ("requests a second", f"{rate:.1f}", f"at least {MIN_RATE * due:.1f}", rate >= MIN_RATE * due),
        ("failed requests", f"{seen['failures']:.0f}", "0", seen["failures"] == 0),
        ("targets that are up", f"{seen['up']:.0f}", f"{targets}", seen["up"] == targets),
        ("CPU µs of a C program's bare request", f"{bare:.1f}", "", True),
        ("CPU µs a poll, in all", f"{seen['cpu']:.1f}", "", True),
        ("CPU a poll / CPU of the bare request", f"{seen['cpu'] / bare:.2f}", f"below {MAX_CPU}",
         seen["cpu"] / bare < MAX_CPU),
        ("CPU µs a poll, without scrapes", f"{seen['polling_cpu']:.1f}", "", True),
        ("KiB a target, above an exporter with one bot", f"{memory:.2f}", f"below {MAX_MEMORY}", memory < MAX_MEMORY),
        ("KiB a target, gross", f"{seen['rss'] / targets:.2f}", "", True),
        ("RSS MiB, and with one bot", f"{seen['rss'] / 1024:.1f}, {alone / 1024:.1f}", "", True),
        ("store: KiB written a second", f"{seen['write_bytes'] / 1024:.0f}", "", True),
        ("store and sockets: writing calls a second", f"{seen['write_calls']:.0f}", "", True),
        ("store: size in MiB", f"{seen['store'] / 2**20:.1f}", "", True),
        ("store: failed writes", f"{seen['store_failures']:.0f}", "0", seen["store_failures"] == 0),
        ("longest scrape, s", f"{seen['scrape']:.2f}", "", True),
        ("page, MiB", f"{seen['page'] / 2**20:.1f}", "", True),
    ]
    print("| | measured | goal | |")
    print("|---|---:|---:|---|")
    for name, measured, goal, met in rows:
        print(f"| {name} | {measured} | {goal} | {'' if not goal else 'met' if met else 'MISSED'} |")
    if seen["store"] == 0:
        print("nothing was stored: this build has no store behind --storage.path, or it could not write")
    return 0 if all(met for *_, met in rows) and seen["store"] > 0 else 1


sys.exit(main())
