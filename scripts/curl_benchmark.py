"""What a request costs: the bare Curl module, a C program on libcurl's multi interface and `curl --parallel`, with 50 in
flight against one nginx. Run by `make curl-benchmark`.

The three take turns within one run, so that what else the machine does meets them alike. CPU is the user and system time
of the whole process, from start to end. Exits with 1 where the Swift client costs more than 1.5 times the C program, or
not less than curl.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time

from static_nginx import ML_STATUS, StaticNginx

FOLDER = ".build/benchmark"
IN_FLIGHT = 50
# Of a token's size; it is checked by nobody here.
TOKEN = ".".join("e" * length for length in (36, 240, 43))
GOAL = 1.5


def commands(url: str, requests: int) -> dict:
    return {
        "Curl (Swift)": [f"{FOLDER}/release/curl-benchmark", url, str(requests), TOKEN],
        "C, multi interface": [f"{FOLDER}/multi", url, str(requests), TOKEN],
        # The fragment is not sent; it makes curl ask for the same URL again and again.
        "curl --parallel": [
            "curl", "--disable", "--parallel", "--parallel-max", str(IN_FLIGHT), "--no-progress-meter", "--fail",
            "--compressed", "--user-agent", "koreai-exporter", "--header", f"auth: {TOKEN}",
            "--header", "accept: application/json", "--header", "content-type: application/json",
            "--output", "/dev/null", f"{url}#[1-{requests}]",
        ],
    }


def measure(nginx: StaticNginx, name: str, command: list, requests: int) -> tuple:
    """CPU µs a request and requests a second of one run."""
    before = nginx.counts()
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.monotonic() - start
    after = nginx.counts()
    if process.returncode != 0:
        raise SystemExit(f"{name} ended with {process.returncode}")
    bytes_line = f"{requests} requests, {requests * len(ML_STATUS)} body bytes\n"
    if not name.startswith("curl") and output != bytes_line:
        raise SystemExit(f"{name} said {output!r}, not {bytes_line!r}")
    connections, answered = (now - then - 1 for now, then in zip(after, before))
    if answered != requests or connections > IN_FLIGHT:
        raise SystemExit(f"{name} made {answered} requests on {connections} connections")
    return (usage.ru_utime + usage.ru_stime) / requests * 1e6, requests / seconds


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=50_000, help="of each client in each round")
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    with StaticNginx() as nginx:
        url = nginx.url + "/api/public/bot/st-22184e1f-e116-5ed4-8741-7aec3be466d7/ml/train/status"
        clients = commands(url + "?language=en&state=configured", arguments.requests)
        runs = {name: [] for name in clients}
        for turn in range(arguments.rounds):
            order = list(clients)
            for name in order[turn % 3:] + order[:turn % 3]:
                runs[name].append(measure(nginx, name, clients[name], arguments.requests))
    print(f"{arguments.rounds} rounds of {arguments.requests} requests, {IN_FLIGHT} in flight, "
          f"{len(ML_STATUS)} bytes of body; load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print("| client | CPU µs a request, least | median | requests a second, median |")
    print("|---|---:|---:|---:|")
    for name, rows in runs.items():
        cpu, rate = zip(*rows)
        print(f"| {name} | {min(cpu):.1f} | {statistics.median(cpu):.1f} | {statistics.median(rate):.0f} |")
    swift, c, curl = ([cpu for cpu, _ in rows] for rows in runs.values())
    of_c = statistics.median(mine / its for mine, its in zip(swift, c))
    of_curl = statistics.median(mine / its for mine, its in zip(swift, curl))
    print(f"Swift / C: {of_c:.2f} (goal: at most {GOAL}); Swift / curl: {of_curl:.2f} (goal: below 1); "
          "medians of the rounds' ratios")
    return 0 if of_c <= GOAL and of_curl < 1 else 1


sys.exit(main())
