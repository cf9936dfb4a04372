"""1,000 bots on the simulator, polled every 10 seconds for two minutes by the release build. Run by `make load-test`.

Both processes listen on loopback only and are stopped by their process ids. Exits with 1 where a target waited for more
than 1.5 intervals, memory grew after the first minute, or more descriptors were open than the connection limits allow.
"""

import os
import sys
import time

from lib import koreai
from lib.exposition import total, value
from lib.process import run_in_folder

koreai.BINARY = os.environ.get("EXPORTER", ".build/release/koreai-exporter")
BOTS = 1000
INTERVAL = 10
SECONDS = 120
CONNECTIONS_PER_HOST = 8  # the default of max_connections_per_host


def run(folder: str) -> int:
    config = os.path.join(folder, "written.yml")
    platform = koreai.Platform(
        folder, flags=("--bots", str(BOTS), "--write-config", config, "--poll-interval", f"{INTERVAL}s"))
    with open(config, encoding="utf-8") as file:
        exporter = koreai.Exporter(folder, file.read())
    exporter.start()
    return watch(platform, exporter)


def watch(platform: koreai.Platform, exporter: koreai.Exporter) -> int:
    print("| second | RSS MiB | CPU s | descriptors | polls |")
    print("|---|---|---|---|---|")
    start = time.monotonic()
    rows = []
    for second in range(10, SECONDS + 1, 10):
        time.sleep(max(0, start + second - time.monotonic()))
        page = exporter.scrape()
        row = (
            second,
            value(page, "process_resident_memory_bytes") / 2**20,
            value(page, "process_cpu_seconds_total"),
            value(page, "process_open_fds"),
            total(page, "koreai_api_requests_total"),
        )
        rows.append(row)
        print("| {} | {:.1f} | {:.2f} | {:.0f} | {:.0f} |".format(*row), flush=True)
    up = total(page, "koreai_poll_up")
    requests = platform.requests()
    targets = requests["targets"].values()
    gaps = sorted(target["longest_gap_ms"] / 1000 for target in targets)
    failures = []
    if up != 3 * BOTS:
        failures.append(f"{up:.0f} of {3 * BOTS} targets are up")
    if len(gaps) != 3 * BOTS:
        failures.append(f"{len(gaps)} of {3 * BOTS} targets were asked")
    if gaps[-1] > 1.5 * INTERVAL:
        failures.append(f"a target waited {gaps[-1]:.1f} s, more than 1.5 intervals")
    if any(target["max_in_flight"] > 1 for target in targets):
        failures.append("a target was asked again before its last request had ended")
    # One more is this script's own.
    if requests["max_open_connections"] > CONNECTIONS_PER_HOST + 1:
        failures.append(f"{requests['max_open_connections']} connections were open at once")
    settled = max(row[1] for row in rows if row[0] <= 60)
    growth = rows[-1][1] - settled
    if growth > 0.02 * settled:
        failures.append(f"memory grew by {growth:.1f} MiB after the first minute")
    # Standard streams, the event loops' and curl's own, the listening socket, this scrape's connection.
    if max(row[3] for row in rows) > CONNECTIONS_PER_HOST + 32:
        failures.append(f"{max(row[3] for row in rows):.0f} descriptors were open")
    cpu = (rows[-1][2] - rows[5][2]) / (rows[-1][4] - rows[5][4]) * 1e6
    print(f"longest wait {gaps[-1]:.2f} s, median of the longest waits {gaps[len(gaps) // 2]:.2f} s; "
          f"{cpu:.0f} µs CPU a poll in the second minute, scrapes included; "
          f"growth after the first minute {growth:.1f} MiB")
    for failure in failures:
        print("FAILED:", failure)
    return 1 if failures else 0


sys.exit(run_in_folder(run))
