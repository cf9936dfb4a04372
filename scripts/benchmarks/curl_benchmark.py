"""What a request costs: the bare Curl module, a C program on libcurl's multi interface and `curl --parallel`, with 50 in
flight against one nginx. Run by `make curl-benchmark`.

The three take turns within one run, so that what else the machine does meets them alike. CPU is the user and system time
of the whole process, from start to end. Exits with 1 where the Swift client costs more than 1.5 times the C program, or
not less than curl.
"""

import argparse
import os
import statistics
import sys

from request_cost import C_PROGRAM, FOLDER, IN_FLIGHT, TOKEN, c_program, measure, url
from static_nginx import ML_STATUS, StaticNginx

GOAL = 1.5


def commands(nginx: StaticNginx, requests: int) -> dict:
    return {
        "Curl (Swift)": [f"{FOLDER}/release/curl-benchmark", url(nginx), str(requests), TOKEN],
        C_PROGRAM: c_program(nginx, requests),
        # The fragment is not sent; it makes curl ask for the same URL again and again.
        "curl --parallel": [
            "curl", "--disable", "--parallel", "--parallel-max", str(IN_FLIGHT), "--no-progress-meter", "--fail",
            "--compressed", "--user-agent", "koreai-exporter", "--header", f"auth: {TOKEN}",
            "--header", "accept: application/json", "--header", "content-type: application/json",
            "--output", "/dev/null", f"{url(nginx)}#[1-{requests}]",
        ],
    }


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=50_000, help="of each client in each round")
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    with StaticNginx() as nginx:
        clients = commands(nginx, arguments.requests)
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
