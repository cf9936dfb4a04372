"""Abuses the exporter's HTTP server while a good client scrapes it and it polls: connections that drip, connections
that say nothing, huge bodies and heads, and garbage from a seeded fuzzer. Prints and holds what the good client saw:
its latency, the exporter's memory, and the polls that it made meanwhile.

The good client is a process of its own, and who abuses is nicer than it and the exporter are: what is measured is how
the exporter answers, not how fast this script is."""

import argparse
import multiprocessing
import os
import random
import socket
import statistics
import time
import urllib.request

BASE = os.environ["DEMO_URL"]
HOST, PORT = BASE.removeprefix("http://").split(":")
ADDRESS = (HOST, int(PORT))

parser = argparse.ArgumentParser()
parser.add_argument("--seconds", type=float, default=20, help="of each abuse of connections")
parser.add_argument("--fuzz", type=int, default=100_000, help="requests of the fuzzer")
parser.add_argument("--body", type=int, default=1 << 30, help="bytes of a huge body")
parser.add_argument("--rate", type=float, default=500, help="connections that are opened in a second")
parser.add_argument("--seed", type=int, default=7)
parser.add_argument("--p99", type=float, default=0.1, help="seconds")
parser.add_argument("--memory", type=int, default=128 << 20, help="bytes that memory may grow by")
options = parser.parse_args()
failures = []
fork = multiprocessing.get_context("fork")


def metrics():
    with urllib.request.urlopen(BASE + "/metrics", timeout=10) as answer:
        return answer.read().decode()


def value(text, name):
    return sum(float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith(name))


class GoodClient:
    """Scrapes on a connection of its own each time, twenty times a second."""

    REQUEST = b"GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

    def __init__(self):
        self.ended = fork.Event()
        self.answers, answers = fork.Pipe(duplex=False)
        self.process = fork.Process(target=self.run, args=(answers,), daemon=True)
        self.process.start()

    def run(self, answers):
        latencies, errors = [], []
        while not self.ended.wait(0.05):
            begin = time.monotonic()
            try:
                self.scrape()
                latencies.append(time.monotonic() - begin)
            except OSError as error:
                errors.append(str(error))
        answers.send((latencies, errors))

    def scrape(self):
        with socket.create_connection(ADDRESS, timeout=10) as connection:
            connection.sendall(self.REQUEST)
            first = last = connection.recv(1 << 20)
            while more := connection.recv(1 << 20):
                last = more
        if not first.startswith(b"HTTP/1.1 200 ") or not last.endswith(b"\n"):
            raise OSError(f"answered {first[:40]!r} … {last[-40:]!r}")

    def end(self):
        """What every answer took, in seconds and in order, and what went wrong."""
        self.ended.set()
        latencies, errors = self.answers.recv()
        self.process.join()
        return sorted(latencies), errors


def under(name, abuse):
    before, begin = metrics(), time.monotonic()
    client = GoodClient()
    said, fault = politely(abuse)
    latencies, errors = client.end()
    after, seconds = metrics(), time.monotonic() - begin
    p99 = latencies[int(len(latencies) * 0.99)] if latencies else float("inf")
    growth = value(after, "process_resident_memory_bytes ") - value(before, "process_resident_memory_bytes ")
    polls = (value(after, "koreai_api_requests_total") - value(before, "koreai_api_requests_total")) / seconds
    print(f"{name}: {said}; {len(latencies)} scrapes in {seconds:.0f} s, median "
          f"{statistics.median(latencies or [0]) * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms, {len(errors)} errors; "
          f"memory {growth / (1 << 20):+.1f} MiB; {polls:.1f} polls a second; load {os.getloadavg()[0]:.1f}", flush=True)
    if p99 > options.p99:
        failures.append(f"{name}: p99 {p99 * 1000:.1f} ms")
    if fault:
        failures.append(f"{name}: {fault}")
    if errors:
        failures.append(f"{name}: {errors[:3]}")
    if growth > options.memory:
        failures.append(f"{name}: {growth / (1 << 20):.1f} MiB more memory")
    return polls


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
        time.sleep(0.2)
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
    for number in range(200):
        line = b"GET /" if number % 2 else b"GET / HTTP/1.1\r\nX-Large: "
        flood(open_connections(1)[0], line, 1 << 20)
    return "200 heads of 1 MiB", None


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


quiet = under("quiet", lambda: time.sleep(options.seconds) or ("nothing", None))
for name, abuse in [("idle", idle), ("drip", drip), ("deaf", deaf), ("bodies", bodies), ("heads", heads), ("fuzz", fuzz)]:
    polls = under(name, abuse)
    if polls < 0.8 * quiet:
        failures.append(f"{name}: only {polls:.1f} polls a second, and {quiet:.1f} when it is quiet")
if failures:
    raise SystemExit("\n".join(failures))
