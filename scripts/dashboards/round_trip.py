"""Reads a dashboard with Grafana's own schema and writes it again: what the schema does not know gets lost on the way."""

import json
import re

from grafana_foundation_sdk.cog import plugins
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import Dashboard as Schema

plugins.register_default_plugins()


def differences(dashboard):
    """Every (path, what happened) where the round trip differs; numbers of lists are `*` in paths."""
    again = json.loads(JSONEncoder(sort_keys=True).encode(Schema.from_json(dashboard.json)))
    return sorted(set(compared("", dashboard.json, again)))


def compared(path, before, after):
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted(before.keys() | after.keys()):
            inner = f"{path}.{key}".lstrip(".")
            if key not in after:
                yield inner, "lost"
            elif key not in before:
                yield inner, f"added: {json.dumps(after[key])}"
            else:
                yield from compared(inner, before[key], after[key])
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for one, other in zip(before, after):
            yield from compared(f"{path}.*", one, other)
    elif before != after:
        yield path, f"changed: {json.dumps(before)} is {json.dumps(after)}"
