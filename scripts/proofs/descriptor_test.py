"""Takes the exporter's file descriptors away: bursts of connections, and idle ones, where few files may be open. It has to
live, to answer, to rest, and to say in its log what it lacks."""

import os
import socket
import sys
import time

from lib.checks import check, finish
from lib.koreai import BINARY
from lib.process import Process, eventually, run_in_folder
from lib.web import fetch

# Hard limits of open files.
LIMITS = [int(limit) for limit in os.environ.get("DESCRIPTORS", "64 256 1024").split()]
BURSTS = int(os.environ.get("BURSTS", "100"))
# Connections in a burst, and idle ones.
CLIENTS = 300
CONFIGURATION = """
credentials: [{ name: main, client_id: cs-0, client_secret: not-a-secret }]
bots: [{ name: a, id: st-1, credential: main, base_url: 'http://127.0.0.1:9' }]
"""


def connect(port: int, count: int) -> list:
    """As many connections as the backlog takes, without waiting for any."""
    clients = []
    for _ in range(count):
        client = socket.socket()
        client.setblocking(False)
        client.connect_ex(("127.0.0.1", port))
        clients.append(client)
    return clients


def close(clients: list) -> None:
    for client in clients:
        client.close()


def cpu_seconds(pid: int) -> float:
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def open_files(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/fd"))


def starve(folder: str, limit: int) -> None:
    # The soft limit is lower: the exporter raises it.
    exporter = Process(
        ["bash", "-c", f'ulimit -Sn {limit // 2}; ulimit -Hn {limit}; exec "$@"', "bash", BINARY,
         "--config.file", f"{folder}/config.yml", "--storage.path", f"{folder}/data-{limit}",
         "--web.listen-address", "127.0.0.1:0"], f"{folder}/exporter-{limit}.log")
    port = int(exporter.find(r"msg=listening address=127\.0\.0\.1:(\d+)"))
    pid = exporter.process.pid

    def answers():
        return exporter.process.poll() is None and "healthy" in fetch(f"http://127.0.0.1:{port}/-/healthy", timeout=5)

    deaf, most = 0, 0
    for number in range(BURSTS):
        clients = connect(port, CLIENTS)
        time.sleep(0.02)
        most = max(most, open_files(pid)) if exporter.process.poll() is None else most
        close(clients)
        if number % 10 == 9 and not eventually(answers, 20):
            deaf += 1
    check(f"{limit} files: {BURSTS} bursts of {CLIENTS} connections leave the exporter alive",
          exporter.process.poll() is None, exporter.process.returncode)
    if exporter.process.poll() is not None:
        return
    check(f"{limit} files: it answers after every tenth", deaf == 0, deaf)
    check(f"{limit} files: some are always left", most < limit, most)
    clients = connect(port, CLIENTS)
    check(f"{limit} files: it answers beside {CLIENTS} idle connections", bool(eventually(answers, 20)))
    begin = cpu_seconds(pid)
    time.sleep(5)
    spent = cpu_seconds(pid) - begin
    check(f"{limit} files: it rests while connections wait", spent < 1.5, spent)
    close(clients)
    if limit <= 256:
        check(f"{limit} files: its log says that files limit connections",
              "the limit of open files allows fewer connections" in exporter.output(), exporter.output()[-1000:])
    check(f"{limit} files: the database was no victim", "cannot" not in exporter.output().replace("cannot be accepted", ""),
          exporter.output()[-1000:])
    exporter.stop()
    check(f"{limit} files: it ends as it should", exporter.process.returncode == 0, exporter.process.returncode)


def test(folder: str) -> int:
    with open(f"{folder}/config.yml", "w", encoding="utf-8") as file:
        file.write(CONFIGURATION)
    for limit in LIMITS:
        starve(folder, limit)
    return finish()


sys.exit(run_in_folder(test))
