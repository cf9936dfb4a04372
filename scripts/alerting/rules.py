"""What the repository's rules say, as Prometheus reads them."""

import json
import re
import subprocess

import yaml

from lib.prometheus import Prometheus, rule_files


def families() -> set:
    """The metrics that rules ask for, without the buckets of histograms: those are for dashboards."""
    names: set = set()
    for path in rule_files():
        with open(path, encoding="utf-8") as file:
            names |= set(re.findall(r"\b(?:koreai|process)_[a-z0-9_]+", file.read()))
    return {name for name in names if not name.endswith("_bucket")}


def levels() -> list:
    """The recording rules in files as Prometheus reads them: those that need no others, those that need only these, and so
    on. A rule that goes on from its own last value counts as one without."""
    groups = []
    for path in rule_files():
        with open(path, encoding="utf-8") as file:
            groups += yaml.safe_load(file)["groups"]
    rules = {rule["record"]: rule for group in groups for rule in group["rules"] if "record" in rule}
    needs = {name: set(re.findall(r"\w+:\w+:\w+", rule["expr"])) - {name} for name, rule in rules.items()}
    found: list = []
    done: set = set()
    while len(done) < len(rules):
        ready = [name for name in rules if name not in done and needs[name] <= done]
        if not ready:
            raise SystemExit(f"recording rules need each other: {sorted(set(rules) - done)}")
        found.append(yaml.safe_dump({"groups": [{"name": "level", "rules": [rules[name] for name in ready]}]}))
        done |= set(ready)
    return found


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
    for series in prometheus.query_range(alert["query"], start, end, step):
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
