#!/usr/bin/env python3
"""A drift, from its alert to its end: a real Prometheus and a real Alertmanager, the exporter and the simulator.

The simulated bot's model goes out of sync. Prometheus finds it in the exporter's metrics, Alertmanager tells the exporter,
the exporter trains the bot, the drift ends, and Alertmanager has no alert any more. Run by `make alert-action-test`.
"""
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".build/tools/usr/bin"
EXPORTER = ROOT / ".build/debug/koreai-exporter"
PATIENCE = 120
# Debian's Alertmanager reads its default templates in /usr/share and nowhere else. Nobody else sees the mount.
UNPACKED_SHARE = [
    "unshare", "--map-root-user", "--mount", "sh", "-c", 'mount --bind "$0" /usr/share && exec "$@"',
    ROOT / ".build/tools/usr/share",
]
TOKEN = "a-token-of-the-test"

SCENARIO = """
credentials:
  - {name: main, client_id: cs-1, client_secret: not-a-secret}
bots:
  - id: st-1
    name: banking
    on_train: {queued: 1s, takes: 6s}
"""

CONFIGURATION = """
actions:
  bearer_token: %s
  rules:
    - alerts: [ModelOutOfSync]
      cool_down: 10m
"""

RULES = """
groups:
  - name: drift
    interval: 1s
    rules:
      - alert: ModelOutOfSync
        expr: max by (bot, language, state) (1 - koreai_ml_in_sync{state="configured"}) > 0
"""


class Stage:
    """Starts processes and ends them by their ids."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.processes = []
        self.start = time.monotonic()

    def run(self, name, *command):
        log = open(self.folder / f"{name}.log", "w")
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, cwd=self.folder)
        self.processes.append(process)
        return process

    def end(self):
        for process in reversed(self.processes):
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()

    def log(self, name):
        return (self.folder / f"{name}.log").read_text()

    def until(self, what, condition):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                found = condition()
            except OSError:
                found = None
            if found:
                print(f"{time.monotonic() - self.start:6.1f} s  {what}", flush=True)
                return found
            time.sleep(0.1)
        for process in ["simulator", "exporter", "prometheus", "alertmanager"]:
            if (self.folder / f"{process}.log").exists():
                print(f"== {process}\n{self.log(process)[-3000:]}", file=sys.stderr)
        sys.exit(f"{PATIENCE} s were not enough until {what}")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(url):
    with urllib.request.urlopen(url, timeout=5) as reply:
        return reply.read().decode()


def post(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(), method="POST")
    with urllib.request.urlopen(request, timeout=5) as reply:
        return reply.read().decode()


def main():
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(folder)
        try:
            play(stage)
        finally:
            stage.end()


def play(stage):
    folder = stage.folder
    (folder / "scenario.yml").write_text(SCENARIO)
    stage.run(
        "simulator", EXPORTER, "simulate", "--scenario", "scenario.yml", "--write-config", "config.yml",
        "--poll-interval", "1s",
    )
    stage.until("the simulator listens", lambda: "Platform: " in stage.log("simulator"))
    platform = re.search(r"Platform: (\S+)", stage.log("simulator"))[1]
    with open(folder / "config.yml", "a") as configuration:
        configuration.write(CONFIGURATION % TOKEN)
    stage.run("exporter", EXPORTER, "--config.file", "config.yml", "--web.listen-address", "127.0.0.1:0")
    stage.until("the exporter listens", lambda: "address=" in stage.log("exporter"))
    exporter = re.search(r"address=(127\.0\.0\.1:\d+)", stage.log("exporter"))[1]

    alertmanager = f"127.0.0.1:{free_port()}"
    (folder / "alertmanager.yml").write_text(json.dumps({
        "route": {"receiver": "exporter", "group_by": ["bot"], "group_wait": "1s", "group_interval": "2s"},
        "receivers": [{
            "name": "exporter",
            "webhook_configs": [{
                "url": f"http://{exporter}/api/v1/alerts",
                "http_config": {"authorization": {"credentials": TOKEN}},
            }],
        }],
    }))
    stage.run(
        "alertmanager", *UNPACKED_SHARE, TOOLS / "prometheus-alertmanager", "--config.file=alertmanager.yml", "--storage.path=am",
        f"--web.listen-address={alertmanager}", "--cluster.listen-address=",
    )
    prometheus = f"127.0.0.1:{free_port()}"
    (folder / "rules.yml").write_text(RULES)
    (folder / "prometheus.yml").write_text(json.dumps({
        "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
        "rule_files": ["rules.yml"],
        "scrape_configs": [{"job_name": "koreai", "static_configs": [{"targets": [exporter]}]}],
        "alerting": {"alertmanagers": [{"static_configs": [{"targets": [alertmanager]}]}]},
    }))
    stage.run(
        "prometheus", TOOLS / "prometheus", "--config.file=prometheus.yml", "--storage.tsdb.path=data",
        f"--web.listen-address={prometheus}", "--log.level=warn",
    )
    metrics = f"http://{exporter}/metrics"
    stage.until("every target was polled", lambda: get(metrics).count("koreai_poll_up{") == 5)
    stage.until("Prometheus scrapes", lambda: '"value"' in get(f"http://{prometheus}/api/v1/query?query=koreai_ml_in_sync"))
    stage.until("Alertmanager is ready", lambda: get(f"http://{alertmanager}/-/ready"))

    def alerts():
        return json.loads(get(f"http://{alertmanager}/api/v2/alerts?active=true"))

    def drifts():
        return re.search(r'^koreai_ml_in_sync\{.*component="sentences"\} 0$', get(metrics), re.MULTILINE)

    def events(kind):
        return [e for e in json.loads(get(f"{platform}/_simulator/events?after=0")) if e["kind"] == kind]

    post(f"{platform}/_simulator/bots/banking/drift", {"components": ["sentences", "traits"]})
    print(f"{time.monotonic() - stage.start:6.1f} s  the model goes out of sync", flush=True)
    stage.until("the exporter shows the drift", drifts)
    stage.until("Alertmanager has the alert", alerts)
    stage.until("the exporter has started a training", lambda: 'koreai_actions_total{action="train_ml",outcome="started"} 1' in get(metrics))
    stage.until("the platform trains", lambda: events("training_started"))
    stage.until("the training has ended", lambda: events("training_ended"))
    stage.until("the exporter shows that the drift has ended", lambda: not drifts())
    stage.until("the alert is resolved", lambda: not alerts())
    started = events("training_started")
    assert len(started) == 1, f"one training was expected, not {started}"
    assert TOKEN not in stage.log("exporter"), "the token is in the log"
    assert "alert=ModelOutOfSync" in stage.log("exporter"), "the log does not tell why it trained"


if __name__ == "__main__":
    main()
