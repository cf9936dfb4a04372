"""What a running process uses, as Linux tells it."""

import os
import re

TICKS = os.sysconf("SC_CLK_TCK")


def proc(pid: int, name: str) -> str:
    with open(f"/proc/{pid}/{name}", encoding="utf-8") as file:
        return file.read()


def cpu(pid: int) -> float:
    """Seconds of user and system time, of all threads that there were."""
    fields = proc(pid, "stat").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def rss(pid: int) -> float:
    """KiB."""
    return float(re.search(r"^VmRSS:\s+(\d+) kB", proc(pid, "status"), re.MULTILINE)[1])


def written(pid: int) -> tuple:
    """Bytes that went to the disk, and calls that write, to files and sockets."""
    io = dict(re.findall(r"^(\w+): (\d+)$", proc(pid, "io"), re.MULTILINE))
    return int(io["write_bytes"]), int(io["syscw"])
