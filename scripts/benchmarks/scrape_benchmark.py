"""What a scrape costs: this exporter's server, client_golang, text that is rendered before and compressed at each scrape,
and nginx with the same bytes as files; the same targets with 18 series each. Run by `make scrape-benchmark`.

Between two scrapes 1 % of the targets change, except for nginx. Scrapes come at regular times, as Prometheus sends them;
"at once" is a scrape that comes right after the change, when nobody expects it. All take turns within one run. Exits with
1 where a goal is missed. Everything listens on loopback only and is stopped by its process id.
"""

import argparse
import json
import mmap
import os
import pathlib
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import zlib

from lib.process import free_port
from static_nginx import start_nginx
from usage import rss

BENCHMARK = pathlib.Path(".build/benchmark")
SERIES = 18
# The targets that the goals are about.
FEW, MANY = 100, 10_000
CODINGS = ("identity", "gzip")
EXPORTER, CLIENT_GOLANG, PRERENDERED, STATIC = "this exporter", "client_golang", "rendered text, compressed anew", "nginx"

NGINX_CONFIGURATION = """
daemon off;
master_process off;
pid nginx.pid;
events {{ }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    keepalive_timeout 1h;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    default_type text/plain;
    server {{
        listen 127.0.0.1:{port};
        root {root};
        gzip_static on;
    }}
}}
"""


def receive_buffer(size: int = 1 << 20) -> memoryview:
    """Where all clients receive, so that none has better memory than another. It begins in the middle of a page: some
    processors copy several times slower to where the offset within a page is just above the source's, and whether it
    is depends on the length of a server's head."""
    pages = memoryview(mmap.mmap(-1, size + mmap.PAGESIZE))
    return pages[mmap.PAGESIZE // 2:][:size]


BUFFER = receive_buffer()


class Client:
    """A kept-alive connection."""

    def __init__(self, port: int):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=120)
        self.buffer = BUFFER

    def get(self, coding: str, keep: bool = False):
        """Seconds until the last byte, the body's length, and the body where it is to be kept."""
        request = f"GET /metrics HTTP/1.1\r\nHost: x\r\nAccept-Encoding: {coding}\r\n\r\n".encode()
        body = bytearray()
        start = time.perf_counter()
        self.socket.sendall(request)
        head = b""
        while b"\r\n\r\n" not in head:
            head += self.socket.recv(65536)
        head, _, rest = head.partition(b"\r\n\r\n")
        assert b" 200 " in head.split(b"\r\n")[0], head
        assert (b"content-encoding: gzip" in head.lower()) == (coding == "gzip"), head
        length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
        if length:
            body += rest
            received, length = len(rest), int(length.group(1))
            while received < length:
                count = self.socket.recv_into(self.buffer)
                if count == 0:
                    raise SystemExit("a server closed its connection")
                received += count
                if keep:
                    body += self.buffer[:count]
            return time.perf_counter() - start, received, bytes(body)
        received, body = self.chunked(rest, keep)
        return time.perf_counter() - start, received, body

    def chunked(self, data: bytes, keep: bool):
        """A body in chunks; it ends with an empty one."""
        body, received, tail = bytearray(), len(data), data[-5:]
        if keep:
            body += data
        while tail != b"0\r\n\r\n":
            count = self.socket.recv_into(self.buffer)
            if count == 0:
                raise SystemExit("a server closed its connection")
            received += count
            tail = (tail + bytes(self.buffer[max(0, count - 5):count]))[-5:]
            if keep:
                body += self.buffer[:count]
        plain = bytearray()
        while keep:
            size, _, body = body.partition(b"\r\n")
            size = int(size, 16)
            if size == 0:
                break
            plain += body[:size]
            body = body[size + 2:]
        return received, bytes(plain)


class Server:
    """A server whose targets change when it is told so; ends with its context."""

    def __init__(self, command: list):
        self.process = subprocess.Popen([str(x) for x in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def __enter__(self):
        self.client = Client(self.port)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)

    def change(self, count: int):
        self.process.stdin.write(f"{count}\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "done\n"

    def cpu(self) -> float:
        """Seconds of all threads."""
        total = 0
        for thread in pathlib.Path(f"/proc/{self.process.pid}/task").iterdir():
            try:
                total += int((thread / "schedstat").read_text().split()[0])
            except OSError:
                pass
        return total / 1e9

    def rss(self) -> float:
        """MiB."""
        return rss(self.process.pid) / 1024


class Nginx(Server):
    def __init__(self, folder: str, plain: bytes, compressed: bytes):
        files = pathlib.Path(folder, "files")
        files.mkdir()
        (files / "metrics").write_bytes(plain)
        (files / "metrics.gz").write_bytes(compressed)
        self.port = free_port()
        self.process = start_nginx(folder, NGINX_CONFIGURATION.format(port=self.port, root=files), self.port)

    def change(self, count: int):
        """A file stays as it is."""


def count_series(text: bytes) -> int:
    return sum(1 for line in text.splitlines() if line.startswith((b"koreai_training", b"koreai_poll", b"koreai_ml")))


def measure(servers: dict, targets: int, arguments) -> list:
    changes = max(1, targets // 100)
    results = {(name, coding, kind): [] for name in servers for coding in CODINGS for kind in ("regular", "at once")}
    size, cpu = {}, {}
    for coding in CODINGS:
        for name, server in servers.items():
            for _ in range(3):
                server.client.get(coding)
        rounds = arguments.warm_up + arguments.scrapes
        start = {name: server.cpu() for name, server in servers.items()}
        next_time = time.monotonic()
        for _ in range(rounds):
            for position, (name, server) in enumerate(servers.items()):
                time.sleep(max(0, next_time + position * arguments.interval / len(servers) - time.monotonic()))
                seconds, size[name, coding], _ = server.client.get(coding)
                results[name, coding, "regular"].append(seconds)
                server.change(changes)
            next_time += arguments.interval
        for name, server in servers.items():
            # Of a scrape and of all that is done for it since the one before, changes included.
            cpu[name, coding] = (server.cpu() - start[name]) / rounds * 1000
        for name, server in servers.items():
            for number in range(rounds):
                # Never the same time in between, so that nobody expects it.
                time.sleep(0.01 + 0.05 * (number % 3))
                server.change(changes)
                results[name, coding, "at once"].append(server.client.get(coding)[0])
    rows = []
    for name, server in servers.items():
        for coding in CODINGS:
            def median(kind):
                return statistics.median(results[name, coding, kind][arguments.warm_up:]) * 1000
            rows.append({"targets": targets, "name": name, "coding": coding, "ms": median("regular"),
                         "at_once_ms": median("at once"), "cpu": cpu[name, coding], "bytes": size[name, coding],
                         "rss": server.rss()})
    return rows


def run(targets: int, arguments) -> list:
    with tempfile.TemporaryDirectory() as folder, \
            Server([BENCHMARK / "release/scrape-benchmark", "serve", targets]) as exporter, \
            Server([BENCHMARK / "peer-client_golang", targets]) as client_golang, \
            Server([BENCHMARK / "peer-prerendered", targets]) as prerendered:
        servers = {EXPORTER: exporter, CLIENT_GOLANG: client_golang, PRERENDERED: prerendered}
        for name, server in servers.items():
            plain = server.client.get("identity", keep=True)[2]
            packed = server.client.get("gzip", keep=True)[2]
            assert count_series(plain) == targets * SERIES, f"{name} serves {count_series(plain)} series"
            assert count_series(zlib.decompress(packed, 31)) == targets * SERIES, f"{name} compresses other series"
        plain = exporter.client.get("identity", keep=True)[2]
        packed = exporter.client.get("gzip", keep=True)[2]
        level6 = zlib.compressobj(6, wbits=31)
        smallest = len(level6.compress(plain) + level6.flush())
        with Nginx(folder, plain, packed) as nginx:
            servers[STATIC] = nginx
            rows = measure(servers, targets, arguments)
    print(f"{targets} targets: gzip -6 would take {smallest} bytes, the exporter sent {len(packed)}", file=sys.stderr)
    return rows


def goals(rows: list, changes: list) -> list:
    def of(targets, name, coding):
        return next((r for r in rows if (r["targets"], r["name"], r["coding"]) == (targets, name, coding)), None)

    checks = []
    gzip, identity, golang = (of(MANY, EXPORTER, "gzip"), of(MANY, EXPORTER, "identity"), of(MANY, CLIENT_GOLANG, "gzip"))
    if gzip:
        checks += [
            ("gzip: times nginx's latency", gzip["ms"] / of(MANY, STATIC, "gzip")["ms"], "at most 2", lambda x: x <= 2),
            ("gzip: client_golang's latency, times ours", golang["ms"] / gzip["ms"], "at least 200", lambda x: x >= 200),
            ("identity: times nginx's latency", identity["ms"] / of(MANY, STATIC, "identity")["ms"], "at most 2",
             lambda x: x <= 2),
            ("RSS, times client_golang's", identity["rss"] / golang["rss"], "below 0.5", lambda x: x < 0.5),
        ]
    for coding in CODINGS if of(FEW, EXPORTER, "gzip") else ():
        checks.append((f"{coding}, {FEW} targets: ms above nginx",
                       of(FEW, EXPORTER, coding)["ms"] - of(FEW, STATIC, coding)["ms"], "at most 0.5", lambda x: x <= 0.5))
    for one in {(c["format"], c["coding"]) for c in changes}:
        of_form = sorted((c for c in changes if (c["format"], c["coding"]) == one), key=lambda c: c["targets"])
        ratio = of_form[-1]["rendered_bytes"] / of_form[0]["rendered_bytes"]
        checks.append((f"one change, {one[0]} {one[1]}: bytes rendered, times those of {of_form[0]['targets']} targets",
                       ratio, "at most 1.5", lambda x: x <= 1.5))
    return checks


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--targets", type=int, nargs="+", default=[FEW, 1000, MANY])
    parser.add_argument("--scrapes", type=int, default=20)
    parser.add_argument("--warm-up", type=int, default=4)
    parser.add_argument("--interval", type=float, default=2.6,
                        help="seconds between two scrapes of a server; more than those of all servers take together")
    arguments = parser.parse_args()
    load = os.getloadavg()[0]
    changes = []
    for targets in arguments.targets:
        output = subprocess.run([BENCHMARK / "release/scrape-benchmark", "change", str(targets)],
                                check=True, capture_output=True, text=True).stdout
        changes += [json.loads(line) for line in output.splitlines()]
    rows = [row for targets in arguments.targets for row in run(targets, arguments)]
    print(f"Load average before the run: {load:.1f} on {os.cpu_count()} cores; median of {arguments.scrapes} scrapes.\n")
    print("| targets | server | coding | latency, ms | at once, ms | CPU ms a scrape | bytes | RSS MiB |")
    print("|---:|---|---|---:|---:|---:|---:|---:|")
    for r in rows:
        print(f"| {r['targets']} | {r['name']} | {r['coding']} | {r['ms']:.2f} | {r['at_once_ms']:.2f} | {r['cpu']:.2f} | "
              f"{r['bytes']} | {r['rss']:.0f} |")
    print("\n| targets | format | coding | update, CPU µs | render, CPU µs | bytes rendered | of them compressed |")
    print("|---:|---|---|---:|---:|---:|---:|")
    for c in changes:
        print(f"| {c['targets']} | {c['format']} | {c['coding']} | {c['update_us']:.1f} | {c['refresh_us']:.1f} | "
              f"{c['rendered_bytes']} | {c['compressed_bytes']} |")
    checks = goals(rows, changes)
    print("\n| goal | measured | | |\n|---|---:|---|---|")
    for name, value, goal, is_met in checks:
        print(f"| {name} | {value:.2f} | {goal} | {'met' if is_met(value) else 'MISSED'} |")
    return 0 if all(is_met(value) for _, value, _, is_met in checks) else 1


sys.exit(main())
