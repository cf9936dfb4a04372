"""Processes that a test starts, and ends by their ids."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def eventually(is_so, seconds: float, every: float = 0.1):
    """What `is_so` gives once that is true; `None` where it takes longer than these seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if result := is_so():
                return result
        except OSError:
            pass
        time.sleep(every)
    return None


def wait_until(what: str, is_so, seconds: float, every: float = 0.1):
    """What `is_so` gives once that is true; ends the test where it takes too long."""
    result = eventually(is_so, seconds, every)
    if result is None:
        raise SystemExit(f"After {seconds:.0f} s still not so: {what}")
    return result


started: list = []


def run_in_folder(run: Callable) -> int:
    """What `run`, a test, gives for a temporary folder. Whatever it started has ended after it, also where it fails or is
    told to end; where it fails, each one's last words are printed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory() as folder:
        try:
            status = run(folder)
        except BaseException:
            tell_last_words()
            raise
        finally:
            for process in reversed(started):
                process.stop()
    return status


def tell_last_words() -> None:
    # A process that was started anew has the log of the one before it.
    for process in {process.log: process for process in started}.values():
        print(f"== {process.log}\n{process.output()[-3000:]}", file=sys.stderr)


class Process:
    """A running command. Its output goes to a file."""

    def __init__(self, command: list, log: str, environment: dict | None = None):
        self.command, self.log = command, log
        self.environment = dict(os.environ, **(environment or {}))
        with open(log, "a", encoding="utf-8") as file:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT, env=self.environment)
        started.append(self)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def output(self) -> str:
        with open(self.log, encoding="utf-8") as file:
            return file.read()

    def find(self, pattern: str, seconds: float = 60) -> str:
        """The first group of the first match in the output, or all of it where there is none, once it is there."""
        def found():
            if match := re.search(pattern, self.output()):
                return match[match.re.groups and 1]
            if self.process.poll() is not None:
                raise SystemExit(f"{self.command[:2]} ended with {self.process.returncode}:\n{self.output()}")
            return None
        return wait_until(f"{self.command[:2]} says {pattern}", found, seconds)

    def signal(self, number: int) -> None:
        self.process.send_signal(number)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.kill()
