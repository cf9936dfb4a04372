"""What the repository's rules say, as Prometheus reads them."""

import json
import re
import subprocess

from prometheus import Prometheus, rule_files


def families() -> set:
    """The metrics that rules ask for, without the buckets of histograms: those are for dashboards."""
    names: set = set()
    for path in rule_files():
        with open(path, encoding="utf-8") as file:
            names |= set(re.findall(r"\b(?:koreai|process)_[a-z0-9_]+", file.read()))
    return {name for name in names if not name.endswith("_bucket")}


def limits() -> dict:
    """The thresholds, in seconds where they are times."""
    return json.loads(subprocess.check_output(
        ["jsonnet", "--exec", "(import 'mixin/config.libsonnet')._config"], text=True))


def alerts(prometheus: Prometheus) -> list:
    return [
        rule for group in prometheus.get("rules", type="alert")["groups"] for rule in group["rules"]
    ]


def episodes(prometheus: Prometheus, alert: dict, start: float, end: float, step: int) -> list:
    """When the alert would have fired, as (labels, from, to): where its expression gave the same series long enough.

    An evaluation each `step` seconds, as Prometheus would have made it.
    """
    found = []
    for series in prometheus.get("query_range", query=alert["query"], start=start, end=end, step=step)["result"]:
        times = [at for at, _ in series["values"]]
        since = times[0]
        for index, at in enumerate(times):
            last = index + 1 == len(times) or times[index + 1] - at > 1.5 * step
            if last:
                if at - since >= alert["duration"]:
                    found.append((series["metric"], since + alert["duration"], at))
                if index + 1 < len(times):
                    since = times[index + 1]
    return found
