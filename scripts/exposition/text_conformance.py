"""Reads the demo's /metrics with promtool and with PyPI's prometheus-client, and checks what the contract says of it.

The client's text parser forgives much, so the page is also turned into OpenMetrics, line by line, for the strict
parser: the two formats write series alike and differ in headers, `_total` in counter families and the closing `# EOF`.
Run by `make conformance`.
"""

import math
import os
import re
import subprocess

from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse_openmetrics
from prometheus_client.parser import text_string_to_metric_families as parse_text

from lib.process import wait_until
from lib.prometheus import PROMTOOL
from lib.web import request

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# Series that come last.
LATE = (r"^koreai_export_last_duration_seconds", r"^koreai_poll_up.* 0$")


def openmetrics(text: str) -> str:
    lines = []
    for line in text.splitlines():
        if line.startswith("# "):
            _, keyword, name, rest = line.split(" ", 3)
            lines.append(f"# {keyword} {name.removesuffix('_total')} {rest}")
        else:
            lines.append(line)
    return "\n".join(lines + ["# EOF", ""])


def series(families) -> dict:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }


def page() -> str:
    status, headers, body = request(os.environ["DEMO_URL"] + "/metrics")
    assert status == 200, f"/metrics was answered with {status}"
    assert headers["Content-Type"] == CONTENT_TYPE, f"expected text format 0.0.4, not {headers['Content-Type']}"
    return body.decode()


def is_whole(text: str) -> bool:
    """Whether it has every kind of series."""
    return all(re.search(late, text, re.MULTILINE) for late in LATE)


def main() -> None:
    wait_until("the page has every kind of series", lambda: is_whole(page()), 60, every=1)
    text = page()
    # promtool prints what it finds and exits with 3 for it, so no output is the only good output.
    found = subprocess.run(
        [PROMTOOL, "check", "metrics"], input=text, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert not found.stdout, f"promtool check metrics: {found.stdout}"
    as_text = series(parse_text(text))
    as_openmetrics = series(parse_openmetrics(openmetrics(text)))
    assert as_text == as_openmetrics, "the two parsers read different series"
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert len(lines) == len(as_text), f"{len(lines)} lines but {len(as_text)} series: some series stand twice"
    assert not any(math.isnan(value) for value in as_text.values()), "a sample is NaN"
    names = [line.split(" ")[2] for line in text.splitlines() if line.startswith("# TYPE ")]
    assert names == sorted(names) and len(names) == len(set(names)), "the families are not sorted, or stand twice"
    print(f"{len(names)} families with {len(as_text)} series: read alike by promtool and both parsers")


main()
