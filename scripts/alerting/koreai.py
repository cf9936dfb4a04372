"""The simulated platform and the exporter."""

import json
import os
import signal

from process import Process, fetch

BINARY = ".build/debug/koreai-exporter"


class Platform:
    """`koreai-exporter simulate`, and its admin path: docs/simulator.md."""

    def __init__(self, scenario: str, folder: str, environment: dict):
        path = os.path.join(folder, "scenario.yml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(scenario)
        self.process = Process(
            [BINARY, "simulate", "--scenario", path], os.path.join(folder, "simulator.log"), environment)
        self.url = self.process.find(r"Platform: (\S+)")

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
        return json.loads(fetch(f"{self.url}/_simulator/events?after=0"))

    def mend(self, fault: int) -> None:
        fetch(f"{self.url}/_simulator/faults/{fault}", method="DELETE")


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
