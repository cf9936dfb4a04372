"""Lets a real Prometheus scrape the demo, and asks it what it saw. Run by `make prometheus-test`."""

import json
import os
import sys

from lib.process import run_in_folder
from lib.prometheus import Prometheus

JOB = {"job_name": "koreai", "static_configs": [{"targets": [os.environ["DEMO_URL"].removeprefix("http://")]}]}


def run(folder: str) -> int:
    prometheus = Prometheus(folder, json.dumps({"global": {"scrape_interval": "1s"}, "scrape_configs": [JOB]}))
    prometheus.expect('up{job="koreai"}', 1)
    # The sixth bot's credential is refused after a while; what is known of it stays.
    prometheus.expect("count(count by (bot) (koreai_training_status))", 6)
    prometheus.expect('count(koreai_poll_up{bot="insurance"} == 1) or vector(0)', 0)
    prometheus.expect("count(count by (bot) (koreai_bot_info))", 6)
    prometheus.expect('scrape_samples_scraped{job="koreai"} > bool 200', 1)
    return 0


sys.exit(run_in_folder(run))
