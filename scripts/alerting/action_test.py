"""A drift, from its alert to its end: a real Prometheus and a real Alertmanager, the exporter and the simulator.

The simulated bot's model goes out of sync. Prometheus finds it in the exporter's metrics, Alertmanager tells the exporter,
the exporter trains the bot, the drift ends, and Alertmanager has no alert any more. Run by `make alert-action-test`.
"""

import json
import os
import re
import sys
import time

from lib.koreai import Exporter, Platform
from lib.process import run_in_folder, wait_until
from lib.prometheus import Alertmanager, Prometheus

TIMEOUT = 120
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
defaults:
  base_url: %s
  poll_interval: 1s
  active_interval: 1s
credentials:
  - {name: main, client_id: cs-1, client_secret: not-a-secret}
bots:
  - {name: banking, id: st-1}
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


def write(path: str, text: str) -> str:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def alertmanager_configuration(exporter: str) -> str:
    return json.dumps({
        "route": {"receiver": "exporter", "group_by": ["bot"], "group_wait": "1s", "group_interval": "2s"},
        "receivers": [{
            "name": "exporter",
            "webhook_configs": [{
                "url": f"http://{exporter}/api/v1/alerts",
                "http_config": {"authorization": {"credentials": TOKEN}},
            }],
        }],
    })


def prometheus_configuration(rules: str, exporter: str, alertmanager: str) -> str:
    return json.dumps({
        "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
        "rule_files": [rules],
        "scrape_configs": [{"job_name": "koreai", "static_configs": [{"targets": [exporter]}]}],
        "alerting": {"alertmanagers": [{"static_configs": [{"targets": [alertmanager.removeprefix("http://")]}]}]},
    })


def run(folder: str) -> int:
    began = time.monotonic()

    def tell(what: str) -> None:
        print(f"{time.monotonic() - began:6.1f} s: {what}", flush=True)

    def until(what: str, is_so):
        found = wait_until(what, is_so, TIMEOUT)
        tell(what)
        return found

    platform = Platform(folder, SCENARIO)
    exporter = Exporter(os.path.join(folder, "exporter"), CONFIGURATION % (platform.url, TOKEN))
    exporter.start()
    alertmanager = Alertmanager(
        os.path.join(folder, "alertmanager"),
        write(os.path.join(folder, "alertmanager.yml"), alertmanager_configuration(exporter.instance)))
    prometheus = Prometheus(
        os.path.join(folder, "prometheus"),
        prometheus_configuration(
            write(os.path.join(folder, "rules.yml"), RULES), exporter.instance, alertmanager.url))

    def is_adrift():
        return re.search(r'^koreai_ml_in_sync\{.*component="sentences"\} 0$', exporter.scrape(), re.MULTILINE)

    def has_started():
        return 'koreai_actions_total{action="train_ml",outcome="started"} 1' in exporter.scrape()

    def events(kind: str) -> list:
        return [event for event in platform.events() if event["kind"] == kind]

    until("every target was polled", lambda: exporter.scrape().count("koreai_poll_up{") == 5)
    until("Prometheus scrapes", lambda: prometheus.query("koreai_ml_in_sync"))
    platform.bot("banking", "drift", components=["sentences", "traits"])
    tell("the model goes out of sync")
    until("the exporter shows the drift", is_adrift)
    until("Alertmanager has the alert", alertmanager.alerts)
    until("the exporter has started a training", has_started)
    until("the platform trains", lambda: events("training_started"))
    until("the training has ended", lambda: events("training_ended"))
    until("the exporter shows that the drift has ended", lambda: not is_adrift())
    until("the alert is resolved", lambda: not alertmanager.alerts())
    log = exporter.process.output()
    faults = []
    if len(events("training_started")) != 1:
        faults.append(f"one training was expected, not {events('training_started')}")
    if TOKEN in log:
        faults.append("the token is in the log")
    if "alert=ModelOutOfSync" not in log:
        faults.append("the log does not tell why it trained")
    for fault in faults:
        print("FAILED:", fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(run_in_folder(run))
