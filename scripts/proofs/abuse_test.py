"""Abuses the exporter's HTTP server while a good client scrapes it and it polls: connections that drip, connections
that say nothing, huge bodies and heads, and garbage from a seeded fuzzer. Prints and holds what the good client saw:
its latency, the exporter's memory, and how late its polls were.

The good client is a process of its own, and who abuses is nicer than it and the exporter are: what is measured is how
the exporter answers, not how fast this script is."""

import argparse
import multiprocessing
import os
import random
import socket
import statistics
import time

from lib.exposition import samples, value
from lib.web import fetch

BASE = os.environ["DEMO_URL"]
HOST, PORT = BASE.removeprefix("http://").split(":")
ADDRESS = (HOST, int(PORT))

parser = argparse.ArgumentParser()
parser.add_argument("--seconds", type=float, default=20, help="of each abuse of connections")
parser.add_argument("--fuzz", type=int, default=100_000, help="requests of the fuzzer")
parser.add_argument("--body", type=int, default=1 << 30, help="bytes of a huge body")
parser.add_argument("--rate", type=float, default=500, help="connections that are opened in a second")
parser.add_argument("--seed", type=int, default=7)
parser.add_argument("--only", default="", help="one of the abuses, by its name")
parser.add_argument("--p99", type=float, default=0.1, help="seconds")
parser.add_argument("--late", type=float, default=5, help="seconds that a poll may come after its interval is over")
parser.add_argument("--memory", type=int, default=128 << 20, help="bytes that memory may grow by")
options = parser.parse_args()
failures = []
fork = multiprocessing.get_context("fork")


def metrics():
    return fetch(BASE + "/metrics", timeout=10)


def lateness(page):
    """By how many seconds the latest poll of a target that is well is overdue."""
    attempts = samples(page, "koreai_poll_last_attempt_timestamp_seconds")
    intervals, now = samples(page, "koreai_poll_interval_seconds"), time.time()
    well = [target for target, is_up in samples(page, "koreai_poll_up").items() if is_up and target in intervals]
    return max([0, *(now - attempts[target] - intervals[target] for target in well)])


class GoodClient:
    """Scrapes on a connection of its own each time, twenty times a second, and looks once a second at what it got."""

    REQUEST = b"GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

    def __init__(self):
        self.ended = fork.Event()
        self.answers, answers = fork.Pipe(duplex=False)
        self.process = fork.Process(target=self.run, args=(answers,), daemon=True)
        self.process.start()

    def run(self, answers):
        latencies, errors, late, looked = [], [], 0, 0
        while not self.ended.wait(0.05):
            begin = time.monotonic()
            try:
                page = self.scrape()
                latencies.append(time.monotonic() - begin)
                if begin - looked > 1:
                    late, looked = max(late, lateness(page)), begin
            except OSError as error:
                errors.append(str(error))
        answers.send((latencies, errors, late))

    def scrape(self):
        with socket.create_connection(ADDRESS, timeout=10) as connection:
            connection.sendall(self.REQUEST)
            answer = b""
            while more := connection.recv(1 << 20):
                answer += more
        if not answer.startswith(b"HTTP/1.1 200 ") or not answer.endswith(b"\n"):
            raise OSError(f"answered {answer[:40]!r} … {answer[-40:]!r}")
        return answer.decode()

    def end(self):
        """What every answer took, in seconds and in order, what went wrong, and how late a poll was."""
        self.ended.set()
        latencies, errors, late = self.answers.recv()
        self.process.join()
        return sorted(latencies), errors, late


def under(name, abuse):
    before, begin = metrics(), time.monotonic()
    client = GoodClient()
    said, fault = politely(abuse)
    latencies, errors, late = client.end()
    after, seconds = metrics(), time.monotonic() - begin
    p99 = latencies[int(len(latencies) * 0.99)] if latencies else float("inf")
    growth = value(after, "process_resident_memory_bytes") - value(before, "process_resident_memory_bytes")
    print(f"{name}: {said}; {len(latencies)} scrapes in {seconds:.0f} s, median "
          f"{statistics.median(latencies or [0]) * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms, {len(errors)} errors; "
          f"memory {growth / (1 << 20):+.1f} MiB; polls at most {late:.1f} s late; load {os.getloadavg()[0]:.1f}", flush=True)
    if p99 > options.p99:
        failures.append(f"{name}: p99 {p99 * 1000:.1f} ms")
    if fault:
        failures.append(f"{name}: {fault}")
    if errors:
        failures.append(f"{name}: {errors[:3]}")
    if growth > options.memory:
        failures.append(f"{name}: {growth / (1 << 20):.1f} MiB more memory")
    if late > options.late:
        failures.append(f"{name}: a poll was {late:.1f} s late")


def politely(abuse):
    """What it gives, done by a process that leaves the processor to the others."""
    result, answer = fork.Pipe(duplex=False)

    def run():
        os.nice(15)
        answer.send(abuse())

    process = fork.Process(target=run, daemon=True)
    process.start()
    answer.close()
    try:
        return result.recv()
    except EOFError:
        raise SystemExit("who abuses has failed") from None
    finally:
        process.join()


def open_connections(count):
    made = []
    for _ in range(count):
        made.append(socket.create_connection(ADDRESS, timeout=10))
        if count > 1:
            time.sleep(1 / options.rate)
    return made


def quiet():
    time.sleep(options.seconds)
    return "nothing", None


def idle():
    connections = open_connections(2000)
    time.sleep(options.seconds)
    for connection in connections:
        connection.close()
    return "2,000 idle connections", None


def drip():
    """A byte of a head on each connection in turn, over and over; one that the exporter ends is opened anew."""
    text = b"GET /metrics HTTP/1.1\r\nHost: a\r\nX-Drip: " + b"a" * 4000
    connections = [[connection, 0] for connection in open_connections(500)]
    end, reopened = time.monotonic() + options.seconds, 0
    while time.monotonic() < end:
        for entry in connections:
            try:
                entry[0].send(text[entry[1]:entry[1] + 1])
                entry[1] += 1
            except OSError:
                entry[0].close()
                entry[:] = [socket.create_connection(ADDRESS, timeout=10), 0]
                reopened += 1
        time.sleep(0.1)
    for connection, _ in connections:
        connection.close()
    return f"500 dripping connections, {reopened} ended by the exporter and opened anew", None


def deaf():
    """Connections that ask for the metrics over and over and never read them."""
    connections = open_connections(200)
    for connection in connections:
        connection.setblocking(False)
    end = time.monotonic() + options.seconds
    while time.monotonic() < end:
        for connection in connections:
            try:
                connection.send(b"GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n")
            except OSError:
                pass
            # Faster, they would be a flood of scrapes, which is answered with 503.
            time.sleep(1 / len(connections))
    for connection in connections:
        connection.close()
    return "200 connections that never read", None


def flood(connection, head, total):
    """Gives how many bytes went out before the exporter ended the connection."""
    sent, chunk = 0, b"a" * 65536
    try:
        connection.sendall(head)
        while sent < total:
            sent += connection.send(chunk)
    except OSError:
        pass
    connection.close()
    return sent


def bodies():
    length, sent = options.body, 0
    for _ in range(20):
        head = f"POST /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n".encode()
        sent += flood(open_connections(1)[0], head, length)
        chunked = f"POST /-/reload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{length:x}\r\n".encode()
        sent += flood(open_connections(1)[0], chunked, length)
    return f"40 bodies of {length >> 20} MiB, of which {sent / 40 / (1 << 20):.1f} MiB each went out", None


def heads():
    end, number = time.monotonic() + options.seconds, 0
    while time.monotonic() < end:
        line = b"GET /" if number % 2 else b"GET / HTTP/1.1\r\nX-Large: "
        flood(open_connections(1)[0], line, 1 << 20)
        number += 1
    return f"{number} heads of 1 MiB", None


def fuzz():
    """Requests on connections that stay open as long as the exporter lets them."""
    source = random.Random(options.seed)
    pieces = ["/", "//", "/metrics", "/bot", "?", "name=", "&", "%", "%00", "%ff", "..", ";", "#", "{", "<", "'", "\"",
              "q=", "show=", "page=", "bot=", "debug=true", "/probe", "/sd", "/config", "/api/v1/", "alerts", "-1",
              "9" * 30, "é", "\u202e", "/-/", "ready", "assets", "*", "\x7f", " "]
    connection, statuses = None, {}
    for _ in range(options.fuzz):
        path = "".join(source.choice(pieces) for _ in range(source.randrange(1, 12)))
        method = source.choice(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "X" * 40, "G\x00T"])
        if source.random() < 0.02:
            data = source.randbytes(source.randrange(1, 200))
        else:
            data = f"{method} /{path} HTTP/1.1\r\nHost: a\r\n\r\n".encode("utf-8", "surrogatepass")
        try:
            if connection is None:
                connection = socket.create_connection(ADDRESS, timeout=2)
            connection.sendall(data if data.endswith(b"\r\n\r\n") else data + b"\r\n\r\n")
            answer = connection.recv(65536)
            if answer.startswith(b"HTTP/1.1 "):
                statuses[answer[9:12].decode()] = statuses.get(answer[9:12].decode(), 0) + 1
            if not answer or b"onnection: close" in answer or method == "HEAD" or len(answer) > 8000:
                connection.close()
                connection = None
        except OSError:
            connection = None
    statuses = dict(sorted(statuses.items()))
    fault = f"answered {statuses}" if any(status.startswith("5") for status in statuses) else None
    return f"{options.fuzz} requests of a fuzzer, answered {statuses}", fault


for name, abuse in [("quiet", quiet), ("idle", idle), ("drip", drip), ("deaf", deaf), ("bodies", bodies), ("heads", heads),
                    ("fuzz", fuzz)]:
    if options.only in ("", name):
        under(name, abuse)
if failures:
    raise SystemExit("\n".join(failures))
