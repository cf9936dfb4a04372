"""A Prometheus from Debian that scrapes the demo each second and evaluates the rules of alerts/ as often."""

import contextlib
import json
import pathlib
import re
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

SCRAPE_INTERVAL = 1  # seconds


class Prometheus:
    def __init__(self, address: str):
        self.address = address

    def get(self, path: str, **parameters) -> list | dict:
        """The data of a reply; an error of Prometheus is a ValueError with its words."""
        body = urllib.parse.urlencode(parameters, doseq=True).encode()
        # The values of labels cannot be asked for with POST.
        post = body if path.startswith("query") else None
        url = f"http://{self.address}/api/v1/{path}" + ("" if post else "?" + body.decode())
        try:
            with urllib.request.urlopen(url, data=post, timeout=60) as response:
                return json.load(response)["data"]
        except urllib.error.HTTPError as error:
            raise ValueError(json.load(error).get("error", str(error))) from None

    def query(self, expression: str, instant: bool, start: float, end: float, step: float) -> list:
        if instant:
            return self.get("query", query=expression, time=end)["result"]
        return self.get("query_range", query=expression, start=start, end=end, step=step)["result"]

    def label_values(self, label: str, selector: str, start: float, end: float) -> list:
        return self.get(f"label/{label}/values", **{"match[]": selector}, start=start, end=end)


@contextlib.contextmanager
def running(target: str):
    """Prometheus, until the end of the context. target: the exporter's host and port."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for rules in ("recording-rules.yml", "alerting-rules.yml"):
            text = pathlib.Path("alerts", rules).read_text()
            (folder / rules).write_text(re.sub(r"interval: \w+", f"interval: {SCRAPE_INTERVAL}s", text))
        (folder / "prometheus.yml").write_text(
            json.dumps(
                {
                    "global": {
                        "scrape_interval": f"{SCRAPE_INTERVAL}s",
                        "evaluation_interval": f"{SCRAPE_INTERVAL}s",
                    },
                    "rule_files": ["*-rules.yml"],
                    "scrape_configs": [{"job_name": "koreai", "static_configs": [{"targets": [target]}]}],
                }
            )
        )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        with open(folder / "log", "w") as log:
            process = subprocess.Popen(
                [
                    ".build/tools/usr/bin/prometheus",
                    f"--config.file={folder}/prometheus.yml",
                    f"--storage.tsdb.path={folder}/data",
                    f"--web.listen-address={address}",
                    "--log.level=warn",
                ],
                stdout=log,
                stderr=log,
            )
        try:
            wait_until_ready(address, process, folder / "log")
            yield Prometheus(address)
        finally:
            process.terminate()
            process.wait()


def wait_until_ready(address: str, process: subprocess.Popen, log: pathlib.Path):
    for _ in range(100):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://{address}/-/ready", timeout=5).close()
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit(f"Prometheus did not get ready:\n{log.read_text()}")
