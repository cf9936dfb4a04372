"""Lets a real Prometheus discover the demo's bots and probe them, as docs/http-api.md shows it, and asks it what it
saw. Run by `make api-test`."""

import os
import pathlib
import re
import subprocess
import sys

from lib.process import run_in_folder
from lib.prometheus import PROMTOOL, Prometheus


def configuration() -> str:
    """The example of the page, at the demo's address and pace."""
    page = pathlib.Path("docs/http-api.md").read_text(encoding="utf-8")
    example = re.search(r"```yaml\n(scrape_configs:.*?)```", page, re.DOTALL)[1]
    changes = {
        "http://localhost:10573": os.environ["DEMO_URL"], "interval: 5m": "interval: 2s", "timeout: 30s": "timeout: 2s",
    }
    for theirs, ours in changes.items():
        assert theirs in example, f"the example has no {theirs}"
        example = example.replace(theirs, ours)
    return example


def run(folder: str) -> int:
    prometheus = Prometheus(folder, configuration())
    subprocess.run([PROMTOOL, "check", "config", os.path.join(folder, "prometheus.yml")], check=True)
    prometheus.expect('sum(up{job="koreai-probe"})', 6)
    prometheus.expect("count(count by (bot, instance) (probe_success))", 6)
    prometheus.expect('probe_success{bot="banking", team="cards"}', 1)
    prometheus.expect('count(count by (bot) (koreai_training_status{job="koreai-probe"}))', 6)
    prometheus.expect('count({job="koreai-probe", exported_bot!=""}) or vector(0)', 0)
    return 0


sys.exit(run_in_folder(run))
