"""1,000 bots on the simulator, polled every 10 seconds for two minutes by the release build. Run by `make load-test`.

Both processes listen on loopback only and are stopped by their process ids. Exits with 1 where a target waited for more
than 1.5 intervals, memory grew after the first minute, or more descriptors were open than the connection limits allow.
"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

BINARY = ".build/release/koreai-exporter"
BOTS = 1000
INTERVAL = 10
SECONDS = 120
CONNECTIONS_PER_HOST = 8  # the default of max_connections_per_host


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=30) as response:
        return response.read().decode()


def value(page: str, series: str) -> float:
    match = re.search(rf"^{re.escape(series)} (\S+)$", page, re.MULTILINE)
    if not match:
        raise SystemExit(f"/metrics has no {series}")
    return float(match.group(1))


def wait_for(process: subprocess.Popen, path: str, pattern: str) -> str:
    """Gives the group of a pattern once the process has written it to a file."""
    for _ in range(300):
        with open(path, encoding="utf-8") as file:
            match = re.search(pattern, file.read())
        if match:
            return match.group(1)
        if process.poll() is not None:
            break
        time.sleep(0.1)
    with open(path, encoding="utf-8") as file:
        raise SystemExit(f"{process.args[1]} did not print {pattern}:\n{file.read()}")


def start(processes: list, arguments: list, output: str) -> subprocess.Popen:
    # A file and not a pipe: a pipe that nobody empties would stop the process.
    with open(output, "w", encoding="utf-8") as file:
        process = subprocess.Popen([BINARY] + arguments, stdout=file, stderr=subprocess.STDOUT)
    processes.append(process)
    return process


def main() -> int:
    processes = []
    try:
        with tempfile.TemporaryDirectory() as folder:
            config = os.path.join(folder, "config.yml")
            output = os.path.join(folder, "simulator.log")
            interval = f"{INTERVAL}s"
            simulator = start(
                processes,
                ["simulate", "--bots", str(BOTS), "--write-config", config, "--poll-interval", interval], output)
            platform = wait_for(simulator, output, r"Platform: (\S+)")
            output = os.path.join(folder, "exporter.log")
            exporter = start(
                processes,
                ["serve", "--config.file", config, "--storage.path", os.path.join(folder, "data"),
                 "--web.listen-address", "127.0.0.1:0"], output)
            address = wait_for(exporter, output, r"msg=listening address=(\S+)")
            return watch(platform, f"http://{address}")
    finally:
        for process in reversed(processes):
            process.send_signal(signal.SIGTERM)
            try:
                code = process.wait(timeout=10)
                print(f"{process.args[1]} ended with exit code {code}")
            except subprocess.TimeoutExpired:
                process.kill()
                print(f"{process.args[1]} had to be killed")


def watch(platform: str, exporter: str) -> int:
    print("| second | RSS MiB | CPU s | descriptors | polls |")
    print("|---|---|---|---|---|")
    start = time.monotonic()
    rows = []
    for second in range(10, SECONDS + 1, 10):
        time.sleep(max(0, start + second - time.monotonic()))
        page = get(exporter + "/metrics")
        row = (
            second,
            value(page, "process_resident_memory_bytes") / 2**20,
            value(page, "process_cpu_seconds_total"),
            value(page, "process_open_fds"),
            sum(float(x) for x in re.findall(r"^koreai_api_requests_total\S+ (\S+)$", page, re.MULTILINE)),
        )
        rows.append(row)
        print("| {} | {:.1f} | {:.2f} | {:.0f} | {:.0f} |".format(*row), flush=True)
    up = len(re.findall(r"^koreai_poll_up\S+ 1$", page, re.MULTILINE))
    requests = json.loads(get(platform + "/_simulator/requests"))
    targets = requests["targets"].values()
    gaps = sorted(target["longest_gap_ms"] / 1000 for target in targets)
    failures = []
    if up != 3 * BOTS:
        failures.append(f"{up} of {3 * BOTS} targets are up")
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


sys.exit(main())
