"""What requests cost a process: the CPU time of programs that send so many to nginx and end."""

import os
import subprocess
import time

from static_nginx import ML_STATUS, StaticNginx

FOLDER = ".build/benchmark"
IN_FLIGHT = 50
# Of a token's size; it is checked by nobody here.
TOKEN = ".".join("e" * length for length in (36, 240, 43))
C_PROGRAM = "C, multi interface"


def url(nginx: StaticNginx) -> str:
    path = "/api/public/bot/st-22184e1f-e116-5ed4-8741-7aec3be466d7/ml/train/status?language=en&state=configured"
    return nginx.url + path


def c_program(nginx: StaticNginx, requests: int) -> list:
    """The command of Benchmarks/CurlBenchmark/multi.c, which the Makefile compiles."""
    return [f"{FOLDER}/multi", url(nginx), str(requests), TOKEN]


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
