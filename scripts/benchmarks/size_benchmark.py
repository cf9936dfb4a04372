"""What an exporter takes that watches 10, 100 and 1,000 simulated bots at the default interval: memory, CPU time, series, and
the bytes of a scrape and of the store. EXPORTER names the binary; SECONDS (90) is how long each is watched."""

import gzip
import os
import pathlib
import sys
import time

from lib import koreai
from lib.exposition import total, value
from lib.process import run_in_folder, wait_until
from lib.web import request

koreai.BINARY = os.environ.get("EXPORTER", ".build/release/koreai-exporter")
SECONDS = int(os.environ.get("SECONDS", "90"))


def compressed(url: str) -> int:
    _, _, body = request(url, headers={"Accept-Encoding": "gzip"}, timeout=60)
    gzip.decompress(body)
    return len(body)


def measure(folder: pathlib.Path, bots: int) -> None:
    folder.mkdir()
    config = folder / "config.yml"
    platform = koreai.Platform(
        str(folder), flags=("--bots", str(bots), "--write-config", str(config), "--poll-interval", "60s"))
    exporter = koreai.Exporter(str(folder), config.read_text(encoding="utf-8"))
    exporter.start()
    url = f"http://{exporter.instance}/metrics"
    targets = 3 * bots
    wait_until("every target was polled",
               lambda: total(exporter.scrape(), "koreai_poll_up") == targets, 180, 2)
    first, start = exporter.scrape(), time.monotonic()
    for _ in range(SECONDS // 15):
        time.sleep(15)
        compressed(url)
    last = exporter.scrape()
    cpu = (value(last, "process_cpu_seconds_total") - value(first, "process_cpu_seconds_total")) / (time.monotonic() - start)
    series = sum(1 for line in last.splitlines() if line and not line.startswith("#"))
    store = sum(path.stat().st_size for path in (folder / "data").iterdir())
    memory = value(last, "process_resident_memory_bytes") / 2**20
    print(f"| {bots} | {targets} | {memory:.0f} | {100 * cpu:.1f} | {series} | {len(last) / 1024:.0f} | "
          f"{compressed(url) / 1024:.0f} | {store / 2**20:.1f} |", flush=True)
    exporter.process.stop()
    platform.process.stop()


def run(folder: str) -> int:
    print("| bots | targets | RSS MiB | CPU % of a core | series | page KiB | compressed KiB | store MiB |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|")
    for bots in (10, 100, 1000):
        measure(pathlib.Path(folder, str(bots)), bots)
    return 0


sys.exit(run_in_folder(run))
