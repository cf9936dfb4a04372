"""The exporter, and the platform that it is given: a simulated one."""

import json
import os
import signal

from lib.process import Process, wait_until
from lib.web import fetch

# Of the development build. Benchmarks put another one here.
BINARY = os.environ.get("EXPORTER", ".build/debug/koreai-exporter")


class Simulator:
    """What is done to a simulated platform, and what it tells, over its admin path: docs/simulator.md."""

    def __init__(self, url: str):
        self.url = url

    def get(self, path: str):
        return json.loads(fetch(f"{self.url}/_simulator/{path}"))

    def post(self, path: str, body: dict | None = None) -> dict:
        reply = fetch(f"{self.url}/_simulator/{path}", json.dumps(body or {}).encode())
        return json.loads(reply) if reply.strip() else {}

    def bot(self, bot: str, action: str, **body) -> None:
        self.post(f"bots/{bot}/{action}", body)

    def fault(self, fault: dict, match: dict, times: int | None = None) -> int:
        """Its number, for `mend`."""
        body = {"fault": fault, "match": match}
        return self.post("faults", body if times is None else {**body, "times": times})["id"]

    def events(self) -> list:
        """What really happened."""
        return self.get("events?after=0")

    def requests(self) -> dict:
        """What the platform was asked for."""
        return self.get("requests")

    def mend(self, fault: int) -> None:
        fetch(f"{self.url}/_simulator/faults/{fault}", method="DELETE")


class Platform(Simulator):
    """`koreai-exporter simulate` with a scenario, or with other flags."""

    def __init__(self, folder: str, scenario: str | None = None, environment: dict | None = None, flags: tuple = ()):
        if scenario is not None:
            path = os.path.join(folder, "scenario.yml")
            with open(path, "w", encoding="utf-8") as file:
                file.write(scenario)
            flags = ("--scenario", path, *flags)
        self.process = Process([BINARY, "simulate", *flags], os.path.join(folder, "simulator.log"), environment)
        super().__init__(self.process.find(r"Platform: (\S+)"))


class Exporter:
    """`koreai-exporter serve` on a folder of its own, with its configuration and its store in it."""

    def __init__(self, folder: str, configuration: str, environment: dict | None = None, flags: tuple = ()):
        self.folder, self.environment, self.flags = folder, environment, flags
        os.makedirs(folder, exist_ok=True)
        self.port = 0
        self.configure(configuration)

    def configure(self, configuration: str) -> None:
        with open(os.path.join(self.folder, "config.yml"), "w", encoding="utf-8") as file:
            file.write(configuration)

    def reload(self, configuration: str) -> None:
        self.configure(configuration)
        self.process.signal(signal.SIGHUP)

    def start(self) -> None:
        """On the same port as before, so that it is the same instance."""
        log = os.path.join(self.folder, "exporter.log")
        if os.path.exists(log):
            os.remove(log)
        self.process = Process(
            [
                BINARY, "serve", "--config.file", os.path.join(self.folder, "config.yml"),
                "--storage.path", os.path.join(self.folder, "data"),
                "--web.listen-address", f"127.0.0.1:{self.port}", *self.flags,
            ], log, self.environment)
        self.instance = self.process.find(r'(?:msg=listening address=|"msg":"listening","address":")([^\s"]+)')
        self.port = int(self.instance.rpartition(":")[2])

    def kill(self) -> None:
        self.process.kill()

    def scrape(self) -> str:
        return fetch(f"http://{self.instance}/metrics")


class Demo:
    """`koreai-exporter demo`: an exporter, and a simulated platform that it watches."""

    def __init__(self, folder: str):
        self.process = Process(
            [BINARY, "demo", "--web.listen-address", "127.0.0.1:0"], os.path.join(folder, "demo.log"))
        self.instance = self.process.find(r"Metrics: *http://([^/\s]+)/metrics")
        self.url = f"http://{self.instance}"
        self.platform = self.process.find(r"Platform: *(http://[^\s/]+)")
        wait_until("the demo is ready", lambda: fetch(f"{self.url}/-/ready"), 30)

    def scrape(self) -> str:
        return fetch(f"{self.url}/metrics")
