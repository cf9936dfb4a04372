"""Prometheus and Alertmanager, as Debian has them, with the repository's files."""

import glob
import json
import os
import shutil
import urllib.parse

from process import Process, fetch, free_port, wait_until

TOOLS = os.path.abspath(".build/tools/usr/bin")
PROMTOOL = os.path.join(TOOLS, "promtool")


def rule_files() -> list:
    return sorted(glob.glob(os.path.abspath("alerts/*-rules.yml")))


class Prometheus:
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

    def get(self, path: str, **arguments):
        return json.loads(fetch(f"{self.url}/api/v1/{path}?{urllib.parse.urlencode(arguments)}"))["data"]

    def query(self, expression: str) -> list:
        return self.get("query", query=expression)["result"]


class Alertmanager:
    def __init__(self, folder: str, configuration: str):
        """`configuration`: the path of its file, for what it names is relative to it."""
        os.makedirs(folder, exist_ok=True)
        self.url = f"http://127.0.0.1:{free_port()}"
        self.process = Process(
            [
                "scripts/with-unpacked-share", os.path.join(TOOLS, "prometheus-alertmanager"), f"--config.file={configuration}",
                f"--storage.path={folder}", f"--web.listen-address={self.url.removeprefix('http://')}",
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
