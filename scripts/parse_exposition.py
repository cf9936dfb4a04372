"""Reads a page of text format 0.0.4 with prometheus_client's parsers and checks what the contract says of it.

The text parser forgives much, so the page is also turned into OpenMetrics, line by line, for the strict parser: the
two formats write series alike and differ in headers, `_total` in counter families and the closing `# EOF`.
"""

import math
import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse_openmetrics
from prometheus_client.parser import text_string_to_metric_families as parse_text


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


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        text = file.read()
    as_text = series(parse_text(text))
    as_openmetrics = series(parse_openmetrics(openmetrics(text)))
    assert as_text == as_openmetrics, "the two parsers read different series"
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert len(lines) == len(as_text), f"{len(lines)} lines but {len(as_text)} series: some series stand twice"
    assert not any(math.isnan(value) for value in as_text.values()), "a sample is NaN"
    names = [line.split(" ")[2] for line in text.splitlines() if line.startswith("# TYPE ")]
    assert names == sorted(names) and len(names) == len(set(names)), "the families are not sorted, or stand twice"
    print(f"{len(names)} families with {len(as_text)} series: read alike by both parsers")


main()
