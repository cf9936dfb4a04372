"""Prometheus and Alertmanager, as Debian has them, with the repository's files."""

import glob
import json
import os
import shutil
import subprocess
import urllib.parse

from lib.process import Process, free_port, wait_until
from lib.web import fetch, request

TOOLS = os.path.abspath(".build/tools/usr/bin")
PROMTOOL = os.path.join(TOOLS, "promtool")


def make_blocks(path, data) -> None:
    """Blocks of Prometheus of an OpenMetrics page with times, into a data folder; before Prometheus is started."""
    subprocess.run(
        [PROMTOOL, "tsdb", "create-blocks-from", "openmetrics", "--quiet", path, data],
        check=True, stdout=subprocess.DEVNULL)


def rule_files() -> list:
    return sorted(glob.glob(os.path.abspath("alerts/*-rules.yml")))


class Prometheus:
    """A Prometheus that runs until it is stopped, its context ends or the test does."""

    def __init__(self, folder: str, configuration: str, flags: tuple = ()):
        """`folder`/data may have blocks already."""
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, "prometheus.yml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(configuration)
        self.url = f"http://127.0.0.1:{free_port()}"
        self.process = Process(
            [
                os.path.join(TOOLS, "prometheus"), f"--config.file={path}",
                f"--storage.tsdb.path={os.path.join(folder, 'data')}", "--storage.tsdb.retention.time=1y",
                f"--web.listen-address={self.url.removeprefix('http://')}", "--log.level=warn", *flags,
            ], os.path.join(folder, "prometheus.log"))
        wait_until("Prometheus is ready", lambda: fetch(f"{self.url}/-/ready"), 60)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stop()

    def get(self, path: str, **arguments):
        """The data of an answer. What Prometheus refuses is a ValueError with its words."""
        parameters = urllib.parse.urlencode(arguments, doseq=True)
        # A query may be longer than an address may be. Of the rest, most cannot be asked with POST.
        post = parameters.encode() if path.startswith("query") else None
        _, _, body = request(f"{self.url}/api/v1/{path}" + ("" if post else f"?{parameters}"), post, timeout=120)
        reply = json.loads(body)
        if "data" not in reply:
            raise ValueError(reply["error"])
        return reply["data"]

    def query(self, expression: str, **arguments) -> list:
        return self.get("query", query=expression, **arguments)["result"]

    def query_range(self, expression: str, start: float, end: float, step: float) -> list:
        return self.get("query_range", query=expression, start=start, end=end, step=step)["result"]

    def values(self, expression: str) -> list:
        """The values that a query gives, as text."""
        return [series["value"][1] for series in self.query(expression)]

    def expect(self, expression: str, value: float) -> None:
        """Waits until a query gives one series, with this value."""
        wait_until(f"{expression} is {value}", lambda: [float(each) for each in self.values(expression)] == [value], 30)
        print(f"{expression} is {value}", flush=True)


class Alertmanager:
    def __init__(self, folder: str, configuration: str):
        """`configuration`: the path of its file, for what it names is relative to it."""
        os.makedirs(folder, exist_ok=True)
        self.url = f"http://127.0.0.1:{free_port()}"
        self.process = Process(
            [
                "scripts/setup/with-unpacked-share", os.path.join(TOOLS, "prometheus-alertmanager"),
                f"--config.file={configuration}", f"--storage.path={folder}", f"--web.listen-address={self.url.removeprefix('http://')}",
                # No cluster: nothing but loopback.
                "--cluster.listen-address=", "--log.level=warn",
            ], os.path.join(folder, "alertmanager.log"))
        wait_until("Alertmanager is ready", lambda: fetch(f"{self.url}/-/ready"), 60)

    def alerts(self) -> list:
        """Those that fire, with what inhibits them."""
        return json.loads(fetch(f"{self.url}/api/v2/alerts"))


def alertmanager_configuration(folder: str, webhook: str) -> str:
    """The repository's configuration, with every address in it the webhook's: the path of its file."""
    os.makedirs(folder)
    shutil.copytree("alerts/templates", os.path.join(folder, "templates"))
    for name, text in (("chat.url", f"{webhook}/chat"), ("pager.token", "not-a-token"), ("mail.password", "none")):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    with open("alerts/alertmanager.yml", encoding="utf-8") as file:
        text = file.read()
    for theirs, ours in (("http://127.0.0.1:9099/", f"{webhook}/"), ("/etc/alertmanager/", f"{folder}/")):
        if theirs not in text:
            raise SystemExit(f"alerts/alertmanager.yml does not name {theirs} any more")
        text = text.replace(theirs, ours)
    path = os.path.join(folder, "alertmanager.yml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path
