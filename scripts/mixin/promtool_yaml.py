"""Reads promtool's tests as JSON and writes them as YAML, in the order in which people read them."""

import json
import sys

import yaml

ORDER = [
    "name", "rule_files", "evaluation_interval", "group_eval_order", "interval", "input_series", "alert_rule_test",
    "promql_expr_test", "tests", "series", "values", "expr", "eval_time", "alertname", "exp_alerts", "exp_samples",
    "exp_labels", "exp_annotations", "labels", "value",
]  # fmt: skip


def ordered(value):
    if isinstance(value, list):
        return [ordered(item) for item in value]
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: ORDER.index(key) if key in ORDER else len(ORDER))
        return {key: ordered(value[key]) for key in keys}
    return value


yaml.safe_dump(ordered(json.load(sys.stdin)), sys.stdout, sort_keys=False, width=1000, allow_unicode=True)
